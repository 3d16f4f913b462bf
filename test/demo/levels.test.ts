/** What the service finds in the chart of each synthetic patient, as the list of the demonstration shows it. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Bundle, Parameters, Resource } from '@medplum/fhirtypes';
import { loadPatients } from '../../demo/load-patients.ts';
import { type RunningService, startService } from '../harness/service.ts';

const NOW = '2026-11-25T10:00:00Z';
const resources = await loadPatients('demo/patients', new Date(NOW));
const TYPES = [
  ...['Patient', 'QuestionnaireResponse', 'Observation', 'Condition', 'Procedure', 'EpisodeOfCare', 'Encounter'],
  ...['MedicationRequest', 'MedicationStatement', 'List'],
];

/** The public level of each, and the confidential one beside it where there is one. */
const LEVELS: Readonly<Record<string, string>> = {
  'booked-without-form': 'incomplete',
  'emergency-blood-pressure': 'emergency',
  'emergency-early-bleeding': 'emergency',
  'emergency-numbness': 'emergency',
  'emergency-regular-tightenings': 'emergency',
  'ended-pregnancy-loss': 'routine',
  'incomplete-not-sure': 'incomplete',
  'not-pregnant': 'none',
  'order-late-anti-inflammatory': 'self-care',
  'private-answer': 'self-care, private: emergency',
  'routine-weeks-of-pain': 'routine',
  'same-day-fever-after-birth': 'same-day',
  'same-day-kidney-infection': 'same-day',
  'same-day-worse-pain': 'same-day',
  'self-care-getting-better': 'self-care',
  'self-care-mild-pain': 'self-care',
  'soon-not-located': 'soon',
  'trap-old-and-future-data': 'incomplete',
  'trap-units-and-errors': 'self-care',
};

let service: RunningService;
beforeAll(async () => {
  service = await startService({ now: NOW });
});
afterAll(() => service.close());

test('every patient is named here', () => {
  const ids = resources.filter(({ resourceType }) => resourceType === 'Patient').map(({ id }) => id);
  expect(ids.sort()).toEqual(Object.keys(LEVELS).sort());
  expect(ids.length).toBeGreaterThanOrEqual(16);
});

/** What the service finds; the confidential side comes second. */
async function found(id: string): Promise<Parameters[]> {
  const own = resources.filter((one) => one.id === id || subjectOf(one) === `Patient/${id}`);
  const chart = { resourceType: 'Bundle', type: 'collection', entry: own.map((resource) => ({ resource })) };
  const parameter = [
    { name: 'subject', valueReference: { reference: `Patient/${id}` } },
    { name: 'chart', resource: chart },
    ...TYPES.map((type) => ({ name: 'searched', valueCode: type })),
  ];
  const response = await service.post('/fhir-api/PlanDefinition/$assess', { resourceType: 'Parameters', parameter });
  expect(response.status).toBe(200);
  const { entry = [] } = (await response.json()) as Bundle<Resource>;
  return entry.flatMap(({ resource }) => (resource?.resourceType === 'Parameters' ? [resource] : []));
}

test.each(Object.entries(LEVELS))('%s: %s', async (id, level) => {
  expect((await found(id)).map(levelOf).join(', private: ')).toBe(level);
});

test('the level, the gestation and how it was dated are said in words; after a pregnancy there is no gestation', async () => {
  const [pregnant] = await found('emergency-numbness');
  const values = (name: string, { parameter = [] }: Partial<Parameters> = {}) =>
    parameter.flatMap((one) =>
      one.name === name ? [one.valueString ?? one.valueMarkdown ?? one.valuePositiveInt] : [],
    );
  expect(values('levelTitle', pregnant)).toEqual(['Emergency now']);
  expect(values('levelRank', pregnant)).toEqual([1]);
  expect(values('gestation', pregnant)).toEqual(['31+0']);
  expect(values('pregnancy', pregnant)).toEqual([expect.stringContaining('from due date from ultrasound')]);
  const [ended] = await found('ended-pregnancy-loss');
  expect(values('gestation', ended)).toEqual([]);
  expect(values('pregnancy', ended)[0]).not.toContain('Gestation');
});

const levelOf = ({ parameter = [] }: Parameters): string =>
  parameter.find(({ name }) => name === 'level')?.valueCode ?? 'none';

const subjectOf = (resource: Resource): string | undefined =>
  (resource as { subject?: { reference?: string } }).subject?.reference;
