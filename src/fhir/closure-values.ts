/** Collections as closures see them, and the way out of a closure that meets a value it is not made for. */
import type { Bindings } from './fhirpath.ts';

/** Bindings in; a single value, undefined for the empty collection, or a list of several out. */
export type Closure = (names: Bindings) => unknown;

/** A collection of one is its item, a collection of none is undefined. */
export function single(value: unknown): unknown {
  return Array.isArray(value) && value.length < 2 ? value[0] : value;
}

const LEFT = Symbol('left to the engine');

/** Leaves the evaluation to the engine. */
export function leave(): never {
  throw LEFT;
}

/** Whether a closure has left the evaluation to the engine. */
export const leftToEngine = (thrown: unknown): boolean => thrown === LEFT;
