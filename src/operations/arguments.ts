/** Parameters of an operation: unknown -> arguments, checked against the operation's own row (FHIR R4, Operations). */
import { z } from 'zod';
import { ServiceError } from '../errors.ts';
import type { FhirResource } from '../fhir/types.ts';
import type { Argument, Arguments, OperationParameter } from './parameters.ts';
import { refuseStrangers } from './refuse-strangers.ts';

/** Faults that one answer names. */
const MOST_FAULTS = 20;

const resource = z.looseObject({ resourceType: z.string() });
const parameter: z.ZodType = z.looseObject({
  name: z.string(),
  resource: resource.optional(),
  part: z.lazy(() => z.array(parameter)).optional(),
});
const parameters = z.looseObject({
  resourceType: z.literal('Parameters'),
  parameter: z.array(parameter).default([]),
});

/**
 * Reads a body: a Parameters resource, or the one resource that the operation takes.
 * @throws ServiceError `bad-request`, `refused`
 */
export function argumentsOf(body: unknown, input: OperationParameter[]): Arguments {
  return checked(listed(body, input), input, '');
}

/** Reads the parameters of a GET: texts only. @throws ServiceError `bad-request`, `refused` */
export function argumentsOfQuery(query: URLSearchParams, input: OperationParameter[]): Arguments {
  const given = [...query].map(([name, value]): Argument => ({ name, value }));
  return checked(given, input, '');
}

function listed(body: unknown, input: OperationParameter[]): Argument[] {
  const own = resource.safeParse(body);
  if (own.success && own.data.resourceType !== 'Parameters') {
    const [first] = input.filter(({ type }) => isResourceType(type));
    return [{ name: first?.name ?? 'resource', resource: own.data as unknown as FhirResource }];
  }
  const parsed = parameters.safeParse(body);
  if (parsed.success) return parsed.data.parameter.map(argumentOf);
  const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`);
  throw new ServiceError('bad-request', 'The body is no Parameters resource', faults.slice(0, MOST_FAULTS));
}

function argumentOf(sent: unknown): Argument {
  const { name, resource: held, part, ...others } = sent as Record<string, unknown> & { name: string };
  const value = Object.entries(others).find(([key]) => key.startsWith('value'))?.[1];
  return {
    name,
    ...(value !== undefined && { value }),
    ...(held !== undefined && { resource: held as FhirResource }),
    ...(Array.isArray(part) && { part: part.map(argumentOf) }),
  };
}

/** By name; every fault is named. */
function checked(given: Argument[], input: OperationParameter[], within: string): Arguments {
  const byName = new Map<string, Argument[]>();
  for (const argument of given) {
    const known = byName.get(argument.name);
    if (known) known.push(argument);
    else byName.set(argument.name, [argument]);
  }
  for (const argument of given) {
    if (!input.some(({ name }) => name === argument.name)) refuseStrangers(argument);
  }
  const isUnknown = [...byName.keys()].some((name) => !input.some((one) => one.name === name));
  const faults = [
    ...(isUnknown ? [`${within}parameter: there is one that is not known here`] : []),
    ...input.flatMap((one) => faultsOf(one, byName.get(one.name) ?? [], within)),
  ];
  if (faults.length > 0)
    throw new ServiceError('bad-request', 'The parameters are not those of this operation', faults);
  return byName;
}

function faultsOf({ name, type, min, max, part }: OperationParameter, given: Argument[], within: string): string[] {
  const place = `${within}${name}`;
  if (given.length < min) return [`${place}: is required`];
  if (max === '1' && given.length > 1) return [`${place}: is taken once`];
  const isWrong = given.some((argument) => !isOfType(argument, type));
  for (const { part: parts = [] } of part ? given : []) checked(parts, part ?? [], `${place}.`);
  return isWrong ? [`${place}: is no ${type}`] : [];
}

function isOfType({ value, resource: held, part }: Argument, type: string): boolean {
  if (type === 'Resource') return held !== undefined;
  if (type === 'Element') return part !== undefined;
  if (isResourceType(type)) return held?.resourceType === type;
  if (type === 'Reference') {
    return typeof value === 'object' && value !== null && typeof Reflect.get(value, 'reference') === 'string';
  }
  if (type === 'CodeableConcept') return typeof value === 'object' && value !== null && !Array.isArray(value);
  return type === 'boolean' ? typeof value === 'boolean' : typeof value === 'string' && value !== '';
}

const DATA_TYPES: readonly string[] = ['Reference', 'Element', 'CodeableConcept'];

/** Resource types and data types both begin with a capital; these are the data types that operations take. */
const isResourceType = (type: string): boolean => /^[A-Z]/.test(type) && !DATA_TYPES.includes(type);
