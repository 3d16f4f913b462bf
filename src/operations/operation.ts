/** What an operation of `/fhir-api` is: one row says its name, its parameters and what it does. */
import type { PreparedTopic } from '../call-service.ts';
import type { CardSettings } from '../cards/card-context.ts';
import type { Moment } from '../evidence/chart.ts';
import type { FhirResource } from '../fhir/types.ts';
import type { Plan } from '../plan/plan.ts';
import type { Library } from './library.ts';
import type { Arguments, OperationParameter } from './parameters.ts';

/** Prepared once at start. */
type Served = {
  topics: PreparedTopic[];
  /** Plans in plain R4. */
  plans: Plan[];
  library: Library;
};

/** What the outside gives to one call. */
export type OperationEnvironment = {
  moment: Moment;
  settings: CardSettings;
  newUuid: () => string;
  /** The site's policy for what is incomplete is strict. */
  strict: boolean;
};

export type OperationCall = OperationEnvironment & {
  served: Served;
  /** The id of an instance-level call. */
  id?: string | undefined;
  given: Arguments;
};

/** CapabilityStatement, OperationDefinition, the checks of parameters and the route follow from a row. */
export type Operation = {
  /** Without the `$`. */
  code: string;
  resource: string;
  at: readonly ('type' | 'instance')[];
  title: string;
  description: string;
  /** The canonical of the standard's definition that it follows. */
  base?: string;
  input: OperationParameter[];
  output: OperationParameter[];
  /** Values in, a resource out; nothing is kept. @throws ServiceError */
  run: (call: OperationCall) => FhirResource;
};
