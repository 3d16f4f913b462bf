/** `$populate`: what the chart says, with its source and time, and what is never filled in. */
import { expect, test } from '@jest/globals';
import type { FhirResource, Observation, Parameters, QuestionnaireResponse } from '../../src/fhir/types.ts';
import { condition, decide, observation } from '../harness/chart.ts';
import { atMoment } from '../harness/time.ts';
import { itemOf, NOW, SUBJECT, triage } from './forms.ts';
import { named, operate } from './operate.ts';
import { faultsOfR4 } from './r4.ts';

const FORM = 'http://example.org/pregnancy-back-pain-cds/Questionnaire/back-pain-triage';
const STAFF = 'http://example.org/pregnancy-back-pain-cds/Questionnaire/clinician-observations';

function populated(canonical: string, chart: object[]): Parameters {
  const resources = atMoment(
    chart.map((resource, at) => ({ id: `c${at + 1}`, subject: SUBJECT, ...resource })),
    NOW,
  ) as FhirResource[];
  const bundle = { resourceType: 'Bundle' as const, type: 'collection' as const };
  const parameter = [
    { name: 'canonical', valueCanonical: canonical },
    { name: 'subject', valueReference: SUBJECT },
    { name: 'chart', resource: { ...bundle, entry: resources.map((resource) => ({ resource })) } },
  ];
  return operate('Questionnaire', 'populate', parameter, NOW) as Parameters;
}

const responseOf = (parameters: Parameters) => named(parameters, 'response')[0]?.resource as QuestionnaireResponse;
const linkIdsOf = (response: QuestionnaireResponse): string[] =>
  [...JSON.stringify(response).matchAll(/"linkId":"(\w+)"/g)].flatMap(([, id = '']) =>
    id.startsWith('group') ? [] : id,
  );

const SEVERITY: Partial<Observation> = observation('72514-3', { valueInteger: 6 });
const TEMPERATURE = observation('8310-5', {
  valueQuantity: { value: 100.4, unit: '°F', system: 'http://unitsofmeasure.org', code: '[degF]' },
});

test('a number and a date are filled in, with the resource and its time', () => {
  const response = responseOf(populated(FORM, [SEVERITY, observation('8665-2', { valueDateTime: '2026-06-10' })]));
  expect(response).toMatchObject({
    status: 'in-progress',
    questionnaire: `${FORM}|0.2.0`,
    subject: SUBJECT,
    authored: '2026-11-25T10:00:00.000Z',
  });
  expect(itemOf(response, 'severity').answer).toEqual([
    {
      extension: [
        {
          url: 'http://example.org/pregnancy-back-pain-cds/StructureDefinition/prefilled-from',
          extension: [
            { url: 'reference', valueReference: { reference: 'Observation/c1' } },
            { url: 'recorded', valueString: '6' },
            { url: 'at', valueDateTime: '2026-11-25T09:00:00.000Z' },
          ],
        },
      ],
      valueInteger: 6,
    },
  ]);
  expect(itemOf(response, 'lastPeriodDate').answer).toMatchObject([{ valueDate: '2026-06-10' }]);
  expect(linkIdsOf(response)).toEqual(['severity', 'lastPeriodDate']);
});

test('an amount comes in the unit of the question', () => {
  const [answer] = itemOf(responseOf(populated(STAFF, [TEMPERATURE])), 'temperature').answer ?? [];
  expect(answer?.valueQuantity?.value).toBeCloseTo(38, 6);
  expect(answer?.valueQuantity).toMatchObject({ code: 'Cel', system: 'http://unitsofmeasure.org' });
});

test('a diagnosis answers the question of its code with the option of the form', () => {
  const [answer] = itemOf(responseOf(populated(FORM, [condition('386661006')])), 'fever').answer ?? [];
  expect(answer?.valueCoding).toMatchObject({ system: 'http://terminology.hl7.org/CodeSystem/v2-0532', code: 'Y' });
});

test('what the engine would not use is not filled in, and that is said', () => {
  const old = observation('72514-3', { valueInteger: 6, effectiveDateTime: '{{now-1446m}}' });
  const foreign = observation('72514-3', { valueInteger: 9, subject: { reference: 'Patient/other' } });
  const answer = populated(FORM, [old, foreign]);
  expect(linkIdsOf(responseOf(answer))).toEqual([]);
  expect(JSON.stringify(named(answer, 'issues'))).toMatch(/severity: Observation\/c1 was not used: stale/);
  expect(JSON.stringify(named(answer, 'issues'))).toMatch(/severity: Observation\/c2 was not used: another-patient/);
});

test('confidential questions are never filled in, and those of the chart are none', () => {
  const violence = observation('95391-9', {
    valueCodeableConcept: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0532', code: 'Y' }] },
  });
  // The engine reads it.
  expect(decide([violence]).facts.get('partnerViolence')?.value).toBe(true);
  const answer = populated(FORM, [violence, SEVERITY]);
  expect(linkIdsOf(responseOf(answer))).toEqual(['severity']);
  expect(JSON.stringify(answer)).not.toMatch(/violence/i);
  expect(linkIdsOf(responseOf(populated(STAFF, [observation('11778-8', { valueDateTime: '2027-02-01' })])))).toEqual(
    [],
  );
});

test('both answers are valid R4', () => {
  expect(faultsOfR4(populated(FORM, []))).toEqual([]);
  expect(faultsOfR4(populated(STAFF, [TEMPERATURE, observation('8867-4', { valueQuantity: { value: 90 } })]))).toEqual(
    [],
  );
  expect(faultsOfR4(populated(FORM, [SEVERITY, condition('386661006')]))).toEqual([]);
}, 60_000);

test('when nobody confirmed a filled-in answer then it is no answer of hers, and makes nothing fresh', () => {
  const [mark] = itemOf(responseOf(populated(FORM, [SEVERITY])), 'severity').answer?.[0]?.extension ?? [];
  const filled = triage({ severity: 6 });
  const [answer] = itemOf(filled, 'severity').answer ?? [];
  const factOf = (response: QuestionnaireResponse) => decide([response]).facts.get('severity');
  expect(factOf(filled)).toMatchObject({ value: 6, used: [{ source: 'answer' }] });
  Object.assign(answer ?? {}, { extension: [mark] });
  expect(factOf(filled)?.value).toBeUndefined();
});
