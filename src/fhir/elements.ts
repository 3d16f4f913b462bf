/** The elements of R4 types, as the FHIRPath model knows them. */
import { createRequire } from 'node:module';

/** What stands at an element. */
export type ElementOf = { type: string; repeats: boolean };

type Paths = Readonly<Record<string, unknown>>;
type Model = { path2Type: Paths; path2Repeating: Paths; type2Parent: Paths };

const load = createRequire(import.meta.url);
let loaded: Model | undefined;

/** Loaded when it is first asked: only plans in plain R4 do. */
function model(): Model {
  loaded ??= load('fhirpath/fhir-context/r4') as Model;
  return loaded;
}

/**
 * The element of a type, inherited ones included; choices are named as in JSON (`occurrenceDateTime`).
 * @returns undefined when the type has no such element
 */
export function elementOf(type: string, name: string): ElementOf | undefined {
  const path = `${type}.${name}`;
  const found = Object.hasOwn(model().path2Type, path) ? model().path2Type[path] : undefined;
  if (typeof found === 'string') {
    // The parts of a BackboneElement are listed under its path.
    const isInline = found === 'BackboneElement' || found === 'Element';
    return { type: isInline ? path : found, repeats: Object.hasOwn(model().path2Repeating, path) };
  }
  const parent = Object.hasOwn(model().type2Parent, type) ? model().type2Parent[type] : undefined;
  return typeof parent === 'string' ? elementOf(parent, name) : undefined;
}

/** Whether R4 has a resource of this name. */
export function isResourceType(type: string): boolean {
  return Object.hasOwn(model().type2Parent, type) && isResource(type);
}

const isResource = (type: unknown): boolean =>
  type === 'Resource' || (typeof type === 'string' && isResource(model().type2Parent[type]));
