/** What operations take: as their rows say it, and as a request brings it. */
import type { FhirResource } from '../fhir/types.ts';

/** A parameter, as OperationDefinition.parameter says it. */
export type OperationParameter = {
  name: string;
  /** A FHIR type; a resource type takes a resource, everything else a value. */
  type: string;
  min: number;
  max: '1' | '*';
  documentation: string;
  part?: OperationParameter[];
};

/** One parameter. */
export const takes = (
  name: string,
  type: string,
  min: number,
  max: '1' | '*',
  documentation: string,
): OperationParameter => ({
  name,
  type,
  min,
  max,
  documentation,
});

/** What is recorded of the person, sent along. */
export const RECORD: readonly OperationParameter[] = [
  takes('chart', 'Bundle', 0, '*', 'What is recorded of the person; only the given resources are read'),
  takes('searched', 'code', 0, '*', 'A type of which the chart holds all there is: what is missing is then "none"'),
];

/** A value, a resource or parts. */
export type Argument = { name: string; value?: unknown; resource?: FhirResource; part?: Argument[] };

/** By name, in the order in which they were sent. */
export type Arguments = ReadonlyMap<string, Argument[]>;

/** The text of a parameter that is taken once. */
export function textGiven(given: Arguments, name: string): string | undefined {
  const value = given.get(name)?.[0]?.value;
  return typeof value === 'string' ? value : undefined;
}

/** The texts of a parameter. */
export const textsGiven = (given: Arguments, name: string): string[] =>
  (given.get(name) ?? []).flatMap(({ value }) => (typeof value === 'string' ? [value] : []));

/** The reference of a parameter that is taken once. */
export function referenceGiven(given: Arguments, name: string): string | undefined {
  const value = given.get(name)?.[0]?.value as { reference?: string } | undefined;
  return value?.reference;
}

/** The resources of a parameter. */
export const resourcesGiven = (given: Arguments, name: string): FhirResource[] =>
  (given.get(name) ?? []).flatMap(({ resource }) => resource ?? []);
