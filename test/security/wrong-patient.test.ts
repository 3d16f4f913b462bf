/** Resources of other people in the chart (bar D1; conformance PAT-1): no fact of theirs on a card, and it is said. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { CdsResponse } from '../../src/cds-hooks/card.ts';
import {
  EMERGENCY,
  type HookBody,
  levelOf,
  MILD,
  requestOf,
  SERVICE,
  topics,
  withoutUuids,
  withPrefetch,
} from '../harness/requests.ts';
import { type RunningService, startService } from '../harness/service.ts';

type Resource = Record<string, unknown> & { resourceType: string };

let service: RunningService;
const mild = requestOf(MILD);
let alone: CdsResponse;
beforeAll(async () => {
  service = await startService({ topics });
  alone = await service.call(mild);
});
afterAll(() => service.close());

/** How another person may be named, each as `subject`. */
const OTHERS: [string, Record<string, unknown> | undefined][] = [
  ['another id', { reference: 'Patient/somebody-else' }],
  ['another id on this server', { reference: 'https://ehr.example/fhir/Patient/somebody-else' }],
  ['another id with a version', { reference: 'Patient/somebody-else/_history/2' }],
  ['an id that begins alike', { reference: 'Patient/case-patient-2' }],
  ['an id that ends alike', { reference: 'Patient/another-case-patient' }],
  ['an id in other letters', { reference: 'Patient/CASE-PATIENT' }],
  ['another type', { reference: 'Group/case-patient' }],
  ['a contained resource', { reference: '#case-patient' }],
  ['an identifier only', { identifier: { system: 'urn:mrn', value: 'case-patient' } }],
  ['a name only', { display: 'case-patient' }],
  ['an urn', { reference: 'urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0' }],
  ['an empty reference', { reference: '' }],
  ['a reference that is bare', { reference: 'case-patient' }],
  ['nobody', undefined],
];

/** Foreign facts that would make an emergency, by prefetch key. */
const dangerous = requestOf({
  ...EMERGENCY,
  chart: [
    {
      resourceType: 'Observation',
      id: 'foreign-pressure',
      status: 'final',
      code: { coding: [{ system: 'http://loinc.org', code: '8480-6' }] },
      effectiveDateTime: '{{now-1h}}',
      valueQuantity: { value: 61, unit: 'mmHg', system: 'http://unitsofmeasure.org', code: 'mm[Hg]' },
    },
    {
      resourceType: 'Condition',
      id: 'foreign-diagnosis',
      clinicalStatus: {
        coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'active' }],
      },
      code: { coding: [{ system: 'http://snomed.info/sct', code: '192970008' }], text: 'foreign words' },
      recordedDate: '{{now-1h}}',
    },
  ],
} as unknown as typeof EMERGENCY);

const entriesOf = (request: HookBody, key: string): Resource[] =>
  ((request.prefetch[key] as { entry?: { resource: Resource }[] }).entry ?? []).map(({ resource }) => resource);

const KEYS = ['responses', 'observations', 'conditions'] as const;
const marks = /foreign|61 mmHg|Emergency/i;

type Place = 'before' | 'after' | 'around';
const PLACES: Place[] = ['before', 'after', 'around'];
type Mix = { keys: readonly (typeof KEYS)[number][]; place: Place };

/** The mild request with the foreign resources of these keys mixed in, before her own, after them or around them. */
function mixed({ keys, place }: Mix, subject: Record<string, unknown> | undefined): HookBody {
  const changes = keys.map((key) => {
    const foreign = entriesOf(dangerous, key).map((resource, at) => ({ ...resource, id: `foreign-${at}`, subject }));
    const all = [place === 'after' ? [] : foreign, entriesOf(mild, key), place === 'before' ? [] : foreign].flat();
    return [key, { resourceType: 'Bundle', entry: all.map((resource) => ({ resource })) }];
  });
  return withPrefetch(mild, Object.fromEntries(changes));
}

/** Every selection of the keys in every place. */
const MIXES: Mix[] = [1, 2, 3, 4, 5, 6, 7].flatMap((bits) =>
  PLACES.map((place) => ({ keys: KEYS.filter((_key, at) => bits & (1 << at)), place })),
);

test('when the foreign facts are her own then they are an emergency', async () => {
  for (const key of ['responses', 'observations', 'conditions'] as const) {
    const { cards } = await service.call(
      mixed({ keys: [key], place: 'around' }, { reference: 'Patient/case-patient' }),
    );
    expect(levelOf(cards)).toBe('emergency');
  }
});

test('when mixes are counted then there are more than two hundred', () => {
  expect(OTHERS.length * MIXES.length).toBeGreaterThan(200);
});

describe.each(OTHERS)('when resources are of %s', (_, subject) => {
  test('then no card holds anything of them, and they are said to be set aside', async () => {
    for (const mix of MIXES) {
      const { cards } = await service.call(mixed(mix, subject));
      expect(levelOf(cards)).toBe(levelOf(alone.cards));
      expect(JSON.stringify(cards)).not.toMatch(marks);
      expect(JSON.stringify(cards)).toMatch(/not clearly of this patient|of another patient/i);
    }
  });
});

test.each<[string, string]>([
  ['absolute', 'https://ehr.example/fhir/Patient/case-patient'],
  ['versioned', 'Patient/case-patient/_history/7'],
])('when her own resources name her by an %s reference then they count', async (_, reference) => {
  // The same id at another server is somebody else: the server is the one that the request names.
  const fhirServer = 'https://ehr.example/fhir';
  const { cards } = await service.call({ ...mixed({ keys: KEYS, place: 'around' }, { reference }), fhirServer });
  expect(levelOf(cards)).toBe('emergency');
});

describe('when the Patient is another', () => {
  const patient = mild.prefetch.patient as Resource;
  test.each<[string, unknown]>([
    ['by id', { ...patient, id: 'somebody-else' }],
    ['by no id', { ...patient, id: undefined }],
    [
      'beside the right one',
      { resourceType: 'Bundle', entry: [{ resource: patient }, { resource: { ...patient, id: 'x' } }] },
    ],
    ['by letters', { ...patient, id: 'Case-Patient' }],
  ])('%s then nothing is advised', async (_, other) => {
    const response = await service.post(SERVICE, withPrefetch(mild, { patient: other }));
    expect(response.status).toBe(400);
    expect(await response.text()).not.toMatch(/somebody-else|case-patient/i);
  });
});

test('when two people are asked for in turn, many at once, then neither has anything of the other', async () => {
  const requests = Array.from({ length: 60 }, (_, at) => {
    const text = JSON.stringify(requestOf(at % 2 ? EMERGENCY : MILD));
    return JSON.parse(text.replaceAll('case-patient', `person-${at}`)) as HookBody;
  });
  const answers = await Promise.all(requests.map((request) => service.call(request)));
  for (const [at, answer] of answers.entries()) {
    expect(levelOf(answer.cards) === 'emergency').toBe(at % 2 === 1);
    const named = new Set(JSON.stringify(answer).match(/person-\d+/g));
    // Only cards with drafts name the patient.
    expect([...named]).toEqual(at % 2 ? [`person-${at}`] : []);
  }
  expect(withoutUuids(await service.call(mild))).toEqual(withoutUuids(alone));
});
