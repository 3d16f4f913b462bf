/** The FHIR side of the service: what can be read, and what can be asked. Results are transient. */
import type { PreparedTopic } from '../call-service.ts';
import { ServiceError } from '../errors.ts';
import type { FhirResource } from '../fhir/types.ts';
import { baseOf } from '../knowledge/systems.ts';
import type { Plan } from '../plan/plan.ts';
import { argumentsOf, argumentsOfQuery } from './arguments.ts';
import { capabilityStatement } from './capability-statement.ts';
import { type InlineJob, inlineJob } from './inline-plan.ts';
import { languagesOf } from './languages.ts';
import { libraryOf } from './library.ts';
import type { Operation, OperationCall, OperationEnvironment } from './operation.ts';
import { operationDefinition } from './operation-definition.ts';
import { read, type SearchRequest, search } from './search.ts';
import { OPERATIONS } from './table.ts';

/** An address of an operation: `Type/$code` or `Type/id/$code`. */
type OperationAddress = { type: string; id?: string | undefined; code: string };

export type FhirApi = {
  /** @param url address of the API */
  metadata: (url: string) => FhirResource;
  search: (type: string, request: SearchRequest) => FhirResource;
  /** In which there are words, the authored one first. */
  languages: string[];
  read: (type: string, id: string, lang?: string) => FhirResource;
  /** @param sent a parsed body, or the query of a GET. @throws ServiceError */
  operate: (address: OperationAddress, sent: unknown) => FhirResource;
  /** The answer to a request that brings its own plan, where that is allowed; undefined for any other. */
  operateInline: (address: OperationAddress, sent: unknown) => Promise<FhirResource> | undefined;
};

export type FhirApiParts = {
  topics: PreparedTopic[];
  /** Plans in plain R4. */
  plans?: Plan[];
  /** Everything that stands in the knowledge files. */
  resources: FhirResource[];
  operations?: readonly Operation[];
  /** Does a job apart from this thread; absent where no request may bring a plan. */
  runInline?: ((job: InlineJob) => Promise<FhirResource>) | undefined;
  /** When the service was started, as FHIR dateTime. */
  startedAt: string;
  /** What each call gets anew. */
  environment: () => OperationEnvironment;
};

/** Prepares the API once. */
export function prepareFhirApi(parts: FhirApiParts): FhirApi {
  const { topics, plans = [], resources, operations = OPERATIONS, startedAt, environment, runInline } = parts;
  const base = baseOf(topics[0]?.topic.url ?? plans[0]?.url ?? '');
  const library = libraryOf(
    resources,
    operations.map((operation) => operationDefinition(operation, base)),
  );
  return {
    metadata: (url) => capabilityStatement({ library, operations, base, date: startedAt }, url),
    search: (type, request) => search(library, type, request),
    languages: languagesOf(resources),
    read: (type, id, lang) => read(library, type, id, lang),
    operate: (address, sent) => {
      const operation = operationAt(address);
      return operation.run(callOf(operation, address, sent));
    },
    operateInline: (address, sent) => {
      const { type, id, code } = address;
      const takesPlans = type === 'PlanDefinition' && id === undefined && code.endsWith('apply');
      if (!runInline || !takesPlans || sent instanceof URLSearchParams) return undefined;
      const job = inlineJob(callOf(operationAt(address), address, sent), code);
      return job && runInline(job);
    },
  };

  function operationAt({ type, id, code }: OperationAddress): Operation {
    const operation = operations.find((one) => one.resource === type && one.code === code);
    if (operation?.at.includes(id === undefined ? 'type' : 'instance')) return operation;
    throw new ServiceError('unknown-resource', 'There is no such operation here');
  }

  function callOf({ input }: Operation, { id }: OperationAddress, sent: unknown): OperationCall {
    const given = sent instanceof URLSearchParams ? argumentsOfQuery(sent, input) : argumentsOf(sent, input);
    return { ...environment(), served: { topics, plans, library }, id, given };
  }
}
