/** Everything that the FHIR side says of itself and of the knowledge is valid R4, and true. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Bundle, CapabilityStatement, FhirResource, OperationDefinition } from '../../src/fhir/types.ts';
import { type RunningService, startService } from '../harness/service.ts';
import { faultsOfR4 } from './r4.ts';

let service: RunningService;
let statement: CapabilityStatement;

beforeAll(async () => {
  service = await startService();
  statement = await get<CapabilityStatement>('/metadata');
}, 60_000);
afterAll(() => service.close());

async function get<T extends FhirResource>(path: string): Promise<T> {
  const response = await fetch(`${service.base}/fhir-api${path}`);
  expect([path, response.status]).toEqual([path, 200]);
  expect(response.headers.get('content-type')).toBe('application/fhir+json; charset=utf-8');
  return (await response.json()) as T;
}

const offered = () => statement.rest?.[0]?.resource ?? [];

test('the CapabilityStatement is valid R4', () => {
  expect(faultsOfR4(statement)).toEqual([]);
});

test('each type that it names can be searched and read, and all of it is valid R4', async () => {
  const served = offered().filter(({ interaction }) => interaction);
  expect(served.map(({ type }) => type)).toEqual([
    'PlanDefinition',
    'Questionnaire',
    'ActivityDefinition',
    'StructureDefinition',
    'ValueSet',
    'ConceptMap',
    'CodeSystem',
    'OperationDefinition',
  ]);
  for (const { type, searchParam = [] } of served) {
    const found = await get<Bundle>(`/${type}`);
    expect(faultsOfR4(found)).toEqual([]);
    expect(found.total).toBeGreaterThan(0);
    const [first] = found.entry ?? [];
    expect(await get(`/${type}/${first?.resource?.id}`)).toEqual(first?.resource);
    for (const { name } of searchParam) {
      expect((await get<Bundle>(`/${type}?${name}=there-is-no-such-thing`)).total).toBe(0);
    }
  }
});

test('each operation that it names has its OperationDefinition, and answers at its address', async () => {
  const named = offered().flatMap(({ type, operation = [] }) => operation.map((one) => ({ type, ...one })));
  expect(named.map(({ type, name }) => `${type}/$${name}`).sort()).toEqual([
    'ActivityDefinition/$apply',
    'PlanDefinition/$apply',
    'PlanDefinition/$assess',
    'PlanDefinition/$data-requirements',
    'PlanDefinition/$r5.apply',
    'Questionnaire/$populate',
    'QuestionnaireResponse/$extract',
    'QuestionnaireResponse/$validate',
  ]);
  for (const { type, name, definition } of named) {
    const found = await get<Bundle>(`/OperationDefinition?url=${encodeURIComponent(definition)}`);
    const [described] = found.entry?.map(({ resource }) => resource as OperationDefinition) ?? [];
    expect(described).toMatchObject({ code: name, resource: [type], affectsState: false, system: false });
    // A body that is wrong is looked at, so the operation is there.
    const answer = await service.post(`/fhir-api/${type}/$${name}`, { resourceType: 'Parameters', parameter: [{}] });
    expect([name, answer.status]).toEqual([name, 400]);
  }
});
