/** `$extract`: what becomes of answers, and what stays in the response. */
import { expect, test } from '@jest/globals';
import type { Bundle, Observation, QuestionnaireResponse } from '../../src/fhir/types.ts';
import { changed, itemOf, NOW, responseTo, triage } from './forms.ts';
import { ofType, operate } from './operate.ts';
import { faultsOfR4 } from './r4.ts';

const extracted = (response: QuestionnaireResponse): Bundle =>
  operate('QuestionnaireResponse', 'extract', [{ name: 'questionnaire-response', resource: response }], NOW) as Bundle;

const observationsOf = (response: QuestionnaireResponse): Observation[] =>
  ofType<Observation>(extracted(response), 'Observation');

const codesOf = (response: QuestionnaireResponse) =>
  observationsOf(response).map(({ code }) => code.coding?.map((coding) => coding.code).join());

const answers = { severity: 4, lastPeriodDate: '2026-06-10', partnerViolence: 'yes', fever: 'no' };
const full = triage(answers);

test('numbers stay numbers, dates become dateTimes, and each says whose and when', () => {
  const [severity, period, ...others] = observationsOf(full);
  expect(others).toEqual([]);
  expect(severity).toEqual({
    resourceType: 'Observation',
    identifier: [
      {
        system: 'http://example.org/pregnancy-back-pain-cds/extracted-answer',
        value: `r-back-pain-triage.${Date.parse('2026-11-25T09:00:00Z')}.severity.0`,
      },
    ],
    status: 'final',
    category: [
      {
        coding: [
          {
            system: 'http://terminology.hl7.org/CodeSystem/observation-category',
            code: 'survey',
            display: 'Survey',
          },
        ],
      },
    ],
    code: {
      coding: [{ system: 'http://loinc.org', code: '72514-3', display: 'Pain severity 0 to 10' }],
      text: 'How bad was the worst pain in the last 24 hours? 0 is no pain, 10 is the worst.',
    },
    subject: { reference: 'Patient/p' },
    effectiveDateTime: '2026-11-25T09:00:00.000Z',
    performer: [{ reference: 'Patient/p' }],
    valueInteger: 4,
    derivedFrom: [{ reference: 'QuestionnaireResponse/r-back-pain-triage' }],
  });
  expect(period).toMatchObject({ code: { coding: [{ code: '8665-2' }] }, valueDateTime: '2026-06-10' });
});

test('amounts keep their units, fractions have the unit one', () => {
  const response = responseTo('clinician-observations', { temperature: 38.4, heartRate: 112 });
  expect(observationsOf(response).map(({ valueQuantity }) => valueQuantity)).toEqual([
    { value: 38.4, unit: 'Cel', system: 'http://unitsofmeasure.org', code: 'Cel' },
    { value: 112, unit: '/min', system: 'http://unitsofmeasure.org', code: '/min' },
  ]);
});

test('who answered has performed it', () => {
  const source = { reference: 'Practitioner/midwife' };
  const [first] = observationsOf(changed(full, (copy) => Object.assign(copy, { source })));
  expect(first?.performer).toEqual([source]);
});

test('when an answer is confidential then it stays in the response', () => {
  // The question has a code, and is answered: only that it is confidential keeps it back.
  expect(itemOf(full, 'partnerViolence').answer).toHaveLength(1);
  expect(codesOf(full)).toEqual(['72514-3', '8665-2']);
  expect(JSON.stringify(extracted(full))).not.toMatch(/violence|95391-9/i);
});

test('when an answer was only filled in from the chart then it is no new observation', () => {
  const mark = {
    url: 'http://example.org/pregnancy-back-pain-cds/StructureDefinition/prefilled-from',
    extension: [
      { url: 'reference', valueReference: { reference: 'Observation/1' } },
      { url: 'recorded', valueString: '4' },
    ],
  };
  const prefilled = changed(full, (copy) => {
    itemOf(copy, 'severity').answer = [{ valueInteger: 4, extension: [mark] }];
  });
  expect(codesOf(prefilled)).toEqual(['8665-2']);
});

test('when the response has no id then it goes along, and its observations refer to it there', () => {
  const bundle = extracted(changed(full, (copy) => delete copy.id));
  const [own, first] = bundle.entry ?? [];
  expect(own).toMatchObject({ resource: { resourceType: 'QuestionnaireResponse' }, request: { method: 'POST' } });
  expect(first?.resource).toMatchObject({ derivedFrom: [{ reference: own?.fullUrl }] });
});

test('when it is extracted again then its transaction makes nothing twice; an amended response makes new ones', () => {
  const keys = (response: QuestionnaireResponse) =>
    extracted(response).entry?.map(({ request }) => request?.ifNoneExist);
  expect(keys(full)).toEqual(keys(full));
  expect(new Set(keys(full)).size).toBe(2);
  const amended = changed(full, (copy) => Object.assign(copy, { status: 'amended', authored: '2026-11-25T09:30:00Z' }));
  expect(keys(amended)?.some((key) => keys(full)?.includes(key))).toBe(false);
  expect(observationsOf(amended)[0]?.status).toBe('amended');
});

test('every transaction is valid R4', () => {
  expect(faultsOfR4(extracted(full))).toEqual([]);
  expect(faultsOfR4(extracted(changed(full, (copy) => delete copy.id)))).toEqual([]);
  // No answer has a code: a transaction without entries.
  const nothing = extracted(triage({ severity: null }));
  expect(faultsOfR4(nothing)).toEqual([]);
  expect(nothing.entry).toBeUndefined();
}, 60_000);

test.each<[string, (copy: QuestionnaireResponse) => unknown]>([
  ['is not finished', (copy) => Object.assign(copy, { status: 'in-progress' })],
  ['does not say when', (copy) => delete copy.authored],
  ['does not say whose', (copy) => delete copy.subject],
  ['is not valid', (copy) => Object.assign(itemOf(copy, 'severity'), { answer: [{ valueInteger: 11 }] })],
])('when the response %s then it is not extracted', (_why, change) => {
  expect(() => extracted(changed(full, change))).toThrow(expect.objectContaining({ code: 'not-processable' }));
});
