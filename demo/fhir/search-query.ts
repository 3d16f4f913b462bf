// FHIR R4 search, https://hl7.org/fhir/R4/search.html: one search, however a client wrote it.
import { badRequest, OperationOutcomeError } from '@medplum/core';
import type { SearchParameter } from '@medplum/fhirtypes';
import { searchParametersOf } from './definitions.ts';
import type { ServedType } from './served-types.ts';

const RESULT_PARAMETERS = new Set(['_count', '_offset', '_sort', '_summary', '_total']);
const PRESENTATION_PARAMETERS = new Set(['_format', '_pretty', '_']);
const MODIFIERS = new Set(['', 'contains', 'missing', 'not']);

/**
 * The search as the router understands it; what it does not understand is left out, as FHIR asks, so the answer holds
 * too much rather than too little, and its `self` link says what was used.
 *
 * @param strict - refuse instead of leaving out (`Prefer: handling=strict`)
 * @throws OperationOutcomeError for a count that is no number or, if strict, an unknown parameter.
 */
export function readSearchQuery(type: ServedType, asked: URLSearchParams, strict: boolean): URLSearchParams {
  const used = new URLSearchParams();
  for (const [name, value] of asked) {
    const understood = readParameter(type, name, value);
    if (understood !== undefined) used.append(name, understood);
    else if (strict && !PRESENTATION_PARAMETERS.has(name)) {
      throw new OperationOutcomeError(badRequest(`Search parameter not supported for ${type}: ${name}`));
    }
  }
  return used;
}

function readParameter(type: ServedType, name: string, value: string): string | undefined {
  if (RESULT_PARAMETERS.has(name)) return readResultParameter(name, value);
  const [code = '', modifier = ''] = name.split(':');
  const parameters = searchParametersOf(type);
  const parameter = Object.hasOwn(parameters, code) ? parameters[code] : undefined;
  if (parameter === undefined || !MODIFIERS.has(modifier)) return undefined;
  return parameter.type === 'reference' && modifier !== 'missing' ? readReferences(parameter, value) : value;
}

function readResultParameter(name: string, value: string): string {
  if ((name === '_count' || name === '_offset') && !/^\d{1,9}$/.test(value)) {
    throw new OperationOutcomeError(badRequest(`${name} is not a number`));
  }
  // The repository sorts once for each key in turn, so the last one wins: give it the most important key last.
  return name === '_sort' ? value.split(',').reverse().join(',') : value;
}

/** A bare id may mean any type that the parameter may point to; an absolute reference is cut to `Type/id`. */
function readReferences({ target = [] }: SearchParameter, value: string): string {
  return value
    .split(',')
    .flatMap((reference) => {
      const relative = /([A-Z]\w+\/[\w.-]+)$/.exec(reference)?.[1];
      return relative ?? (reference.includes('/') ? reference : target.map((type) => `${type}/${reference}`));
    })
    .join(',');
}
