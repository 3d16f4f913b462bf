/** encounter-discharge and appointment-book beyond the clinical cases: shapes, limits of rules, what was not read. */
import { afterEach, describe, expect, test } from '@jest/globals';
import { type Card, EXTENSION_NAME } from '../../src/cds-hooks/card.ts';
import type { FhirResource, PlanDefinition } from '../../src/fhir/types.ts';
import { compileKnowledge, readKnowledgeFiles } from '../../src/knowledge/load.ts';
import type { Topic } from '../../src/knowledge/topic.ts';
import type { ClinicalCase } from '../harness/case.ts';
import { EMERGENCY, type HookBody, MILD, requestOf, SERVICE, topics, withPrefetch } from '../harness/requests.ts';
import { type RunningService, startService } from '../harness/service.ts';

let service: RunningService | undefined;
afterEach(() => service?.close());

/** The public card of a request. */
async function cardOf(request: HookBody, options: { topics?: Topic[]; zone?: string } = {}): Promise<Card | undefined> {
  service = await startService({
    topics: options.topics ?? topics,
    ...(options.zone && { config: { zone: options.zone } }),
  });
  const { cards } = await service.call(request);
  return cards.find(({ extension }) => !extension[EXTENSION_NAME].confidential);
}

const SEVERE: ClinicalCase = { ...MILD, form: { base: 'clear', answers: { severity: 8 } } };
const UNLOCATED: ClinicalCase = {
  title: 'not located',
  spec: 'S03',
  gestation: '8+0',
  form: { base: 'clear', answers: { severity: 3 } },
  expect: {},
};
const booking = (clinicalCase: ClinicalCase, appointments: unknown): HookBody => {
  const request = requestOf({ ...clinicalCase, hook: 'appointment-book' });
  return { ...request, context: { ...request.context, appointments } };
};
const appointment = (start: string, members: Record<string, unknown> = {}) => ({
  resourceType: 'Appointment',
  id: 'a1',
  status: 'proposed',
  start,
  participant: [{ actor: { reference: 'Patient/case-patient' }, status: 'accepted' }],
  ...members,
});

describe('when a hook lacks what its context requires then it is refused with 400', () => {
  test.each<[string, string, Record<string, unknown>]>([
    ['encounter-start without encounter', 'encounter-start', { encounterId: undefined }],
    ['encounter-discharge without encounter', 'encounter-discharge', { encounterId: undefined }],
    ['appointment-book without appointments', 'appointment-book', {}],
    ['appointments that are text', 'appointment-book', { appointments: 'tomorrow' }],
    ['appointments that are null', 'appointment-book', { appointments: null }],
    ['another resource in their place', 'appointment-book', { appointments: { resourceType: 'Slot' } }],
    ['a Bundle whose entries are no list', 'appointment-book', { appointments: { resourceType: 'Bundle', entry: {} } }],
    ['patient-view without patient', 'patient-view', { patientId: undefined }],
  ])('%s', async (_, hook, changes) => {
    service = await startService({ topics });
    const request = requestOf(MILD, { hook });
    const response = await service.post(SERVICE, { ...request, context: { ...request.context, ...changes } });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ resourceType: 'OperationOutcome' });
  });
});

describe('when appointments are sent in another shape then they are read', () => {
  const soon = appointment('2026-11-25T12:00:00Z');
  test.each<[string, unknown]>([
    ['a Bundle', { resourceType: 'Bundle', type: 'collection', entry: [{ resource: soon }] }],
    ['a Bundle without type', { resourceType: 'Bundle', entry: [{ resource: soon }] }],
    ['a list', [soon]],
    ['one Appointment', soon],
    [
      'a Bundle with an odd entry beside it',
      {
        resourceType: 'Bundle',
        entry: [{ resource: { resourceType: 'Appointment', start: 5 } }, { resource: null }, {}, { resource: soon }],
      },
    ],
    ['without participants', { ...soon, participant: undefined }],
    [
      'with an absolute reference',
      { ...soon, participant: [{ actor: { reference: 'https://ehr.example/fhir/Patient/case-patient' } }] },
    ],
  ])('%s', async (_, appointments) => {
    const card = await cardOf(booking(SEVERE, appointments));
    expect(card?.summary).toMatch(/^Booked in time, same-day urgent: /);
    expect(card?.indicator).toBe('info');
  });

  test('what cannot be read is counted', async () => {
    const card = await cardOf(booking(SEVERE, [{ resourceType: 'Appointment', start: 5 }, { resourceType: 'Slot' }]));
    expect(card?.detail).toContain('Not read: 2');
    expect(card?.indicator).toBe('warning');
  });

  test('an empty Bundle books nothing', async () => {
    const card = await cardOf(booking(SEVERE, { resourceType: 'Bundle' }));
    expect(card?.summary).toMatch(/^Same day needed: /);
  });
});

test('when the site is in another zone then the latest allowed time is its own', async () => {
  const card = await cardOf(booking(SEVERE, appointment('2026-11-26T09:00:00+13:00')), { zone: 'Pacific/Auckland' });
  // 10:00Z is 23:00 in Auckland (+13); four hours later it is 3 in the morning of the next day.
  expect(card?.detail).toContain('Latest allowed: 26 Nov 2026 03:00 Pacific/Auckland');
  expect(card?.summary).toMatch(/^Same day needed: /);
});

describe('when a rule has a limit of its own then it counts instead of that of its level', () => {
  const day = withLimit('S03', 24);
  test.each([
    ['2026-11-26T10:00:00Z', 'Booked in time', day],
    ['2026-11-26T10:00:01Z', 'Earlier appointment needed', day],
    ['2026-11-26T10:00:01Z', 'Booked in time', topics],
  ])('start %s: %s', async (start, words, knowledge) => {
    const card = await cardOf(booking(UNLOCATED, [appointment(start)]), { topics: knowledge });
    expect(card?.extension[EXTENSION_NAME].fired).toEqual(['S03']);
    expect(card?.summary.startsWith(`${words}: `)).toBe(true);
  });

  test('a same-day rule that may wait 24 hours does not hold back one that may not', async () => {
    const card = await cardOf(
      booking({ ...SEVERE, form: { base: 'clear', answers: { severity: 8, saddleNumbness: 'no' } } }, [
        appointment('2026-11-25T14:00:01Z'),
      ]),
      { topics: withLimit('U01', 24) },
    );
    expect(card?.summary).toMatch(/^Same day needed: /);
  });
});

function withLimit(rule: string, hours: number): Topic[] {
  const timingDuration = { value: hours, unit: 'hours', system: 'http://unitsofmeasure.org', code: 'h' };
  return compileKnowledge(
    readKnowledgeFiles('.').map(({ file, resource }) => {
      const copy = JSON.parse(JSON.stringify(resource)) as FhirResource;
      if (copy.resourceType !== 'PlanDefinition') return { file, resource: copy };
      const rules = (copy as PlanDefinition).action?.flatMap(({ action = [] }) =>
        action.flatMap((group) => group.action ?? []),
      );
      Object.assign(rules?.find(({ id }) => id === rule) ?? {}, { timingDuration });
      return { file, resource: copy };
    }),
  );
}

describe('when she is discharged', () => {
  const discharge = (clinicalCase: ClinicalCase) =>
    requestOf({ ...clinicalCase, hook: 'encounter-discharge', faceToFace: true });

  test('and the assessments could not be read then that is said, and nothing counts as dealt with', async () => {
    const card = await cardOf(withPrefetch(discharge(EMERGENCY), { impressions: undefined }));
    expect(card?.indicator).toBe('critical');
    expect(card?.detail).toContain('Assessments could not be read');
  });

  test('and there are none then nothing is said of it', async () => {
    const card = await cardOf(withPrefetch(discharge(EMERGENCY), { impressions: null }));
    expect(card?.indicator).toBe('critical');
    expect(card?.detail).not.toContain('Assessments could not be read');
  });

  const bleeding = (answers: Record<string, string | null>): ClinicalCase => ({
    ...MILD,
    gestation: '15+0',
    form: { base: ['clear', 'observed'], answers: { severity: 3, bleeding: 'light', ...answers } },
  });

  test('after bleeding with an unknown blood group then anti-D is among the checks, and what is to be followed up', async () => {
    const card = await cardOf(discharge(bleeding({})));
    expect(card?.detail).toContain('anti-D: RhD group read');
    expect(card?.detail).toContain('scan: date given');
    expect(card?.summary).toMatch(/^Unresolved: /);
  });

  test.each([
    ['positive', '165747007', false],
    ['negative', '165746003', true],
  ])('after bleeding with the blood group RhD %s then anti-D is checked: %p', async (_, code, checked) => {
    const group = {
      resourceType: 'Observation',
      status: 'final',
      code: { coding: [{ system: 'http://loinc.org', code: '10331-7' }] },
      effectiveDateTime: '{{now-3d}}',
      valueCodeableConcept: { coding: [{ system: 'http://snomed.info/sct', code }] },
    } as unknown as FhirResource;
    const card = await cardOf(discharge({ ...bleeding({}), chart: [group] }));
    expect(card?.detail.includes('anti-D: RhD group read')).toBe(checked);
  });

  test('without bleeding or injury then anti-D is not among them', async () => {
    const card = await cardOf(discharge(bleeding({ bleeding: 'none' })));
    expect(card?.detail).not.toContain('anti-D: RhD group read');
  });

  test('with a finding that is only not excluded then it is unresolved too', async () => {
    const open = { ...MILD, form: { base: 'clear', answers: { severity: 8, cramps: 'yes', character: null } } };
    const card = await cardOf(discharge({ ...open, gestation: '32+0' }));
    expect(card?.extension[EXTENSION_NAME].open).toContain('E05');
    expect(card?.indicator).toBe('critical');
  });
});

test('when the patient is viewed then an assessment settles nothing: the finding is shown as before', async () => {
  const impression = {
    resourceType: 'ClinicalImpression',
    status: 'completed',
    effectiveDateTime: '{{now-30m}}',
    finding: [
      {
        itemCodeableConcept: {
          coding: [
            {
              system: 'http://example.org/pregnancy-back-pain-cds/CodeSystem/back-pain-in-pregnancy-rule',
              code: 'E08',
            },
          ],
        },
      },
    ],
  } as unknown as FhirResource;
  const card = await cardOf(requestOf({ ...EMERGENCY, chart: [impression] }));
  expect(card?.summary).toMatch(/^Emergency now: cauda equina/);
  expect(card?.extension[EXTENSION_NAME].resolved).toBeUndefined();
});
