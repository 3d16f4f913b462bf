/** The FHIR side without HTTP: for thousands of calls. */
import { prepareTopic } from '../../src/call-service.ts';
import { resourcesIn } from '../../src/fhir/bundles.ts';
import type { Bundle, FhirResource, Parameters, ParametersParameter } from '../../src/fhir/types.ts';
import { readKnowledgeFiles } from '../../src/knowledge/load.ts';
import { type FhirApi, prepareFhirApi } from '../../src/operations/fhir-api.ts';
import { topics } from '../harness/requests.ts';

const resources = readKnowledgeFiles('.').flatMap(({ resource }) => resourcesIn(resource));
let now = 0;
let count = 0;

const api: FhirApi = prepareFhirApi({
  topics: topics.map((topic) => prepareTopic(topic)),
  resources,
  startedAt: '2026-11-25T10:00:00Z',
  environment: () => ({
    moment: { now, zone: 'UTC' },
    settings: {},
    newUuid: () => {
      count += 1;
      return `00000000-0000-4000-8000-${String(count).padStart(12, '0')}`;
    },
    strict: false,
  }),
});

/** One operation at a moment. */
export function operate(type: string, code: string, parameter: ParametersParameter[], at: string): FhirResource {
  now = Date.parse(at);
  return api.operate({ type, code }, { resourceType: 'Parameters', parameter });
}

/** The resources of one type in a Bundle. */
export const ofType = <T extends FhirResource>(bundle: FhirResource, type: T['resourceType']): T[] =>
  ((bundle as Bundle).entry ?? []).flatMap(({ resource }) => (resource?.resourceType === type ? [resource as T] : []));

/** The parameters of a name. */
export const named = ({ parameter = [] }: Parameters, name: string): ParametersParameter[] =>
  parameter.filter((one) => one.name === name);

/** The code that stands in a part. */
export const partCode = (parameter: ParametersParameter, name: string): string | undefined =>
  parameter.part?.find((one) => one.name === name)?.valueCode;
