/** Closures beside the engine that they stand for, on a fixed sample: the same answers here as where they were tested. */
import type { Closure } from './closure-values.ts';
import { compileClosure } from './closures.ts';
import { type Bindings, compileExpression } from './fhirpath.ts';
import { comparableQuantity } from './quantities.ts';

export type Checked = { expression: string; names: string[] };

/** Values of every type that facts have, on both sides of usual limits; the empty collection more often than others. */
const VALUES: readonly unknown[] = [
  [],
  true,
  false,
  [],
  'yes',
  ['a', 'b'],
  3,
  8,
  0.5,
  [],
  comparableQuantity(37.9, 'Cel'),
  comparableQuantity(38.1, 'Cel'),
  comparableQuantity(101, '[degF]'),
  comparableQuantity(90, 'mm[Hg]'),
];

/** So many bindings of each expression. */
const SAMPLES = VALUES.length;

/** The expressions of which a closure and the engine give different answers, or fail differently. */
export function disagreements(
  checked: readonly Checked[],
  compile: (expression: string) => Closure = compileClosure,
): string[] {
  return checked.flatMap(({ expression, names }) => {
    const closure = compile(expression);
    const engine = compileExpression(expression);
    for (let at = 0; at < SAMPLES; at += 1) {
      const bound = bindingsOf(names, at);
      if (outcome(() => closure(bound)) !== outcome(() => engine(bound))) return [expression];
    }
    return [];
  });
}

/** Another value for each name, in a pattern that is the same every time. */
const bindingsOf = (names: readonly string[], at: number): Bindings =>
  Object.fromEntries(names.map((name, place) => [name, VALUES[(at + place * 3) % VALUES.length]]));

function outcome(evaluate: () => unknown): string {
  try {
    const found = evaluate();
    return JSON.stringify(found === undefined ? [] : Array.isArray(found) ? found : [found]);
  } catch {
    return 'failed';
  }
}
