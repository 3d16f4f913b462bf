/** Functions and operators: the few that rules need; of the others, why not. */
import type { Leaf } from '../../fhir/expression-tree.ts';

const ALLOWED = new Set(['not', 'exists', 'empty', 'count', 'iif']);

const WHY_NOT: Record<string, string> = {
  today: 'reads the clock: time is given as a fact',
  now: 'reads the clock: time is given as a fact',
  timeOfDay: 'reads the clock: time is given as a fact',
  matches: 'is a regular expression: compare codes',
  matchesFull: 'is a regular expression: compare codes',
  replaceMatches: 'is a regular expression: compare codes',
  resolve: 'reads beyond the facts',
  memberOf: 'reads beyond the facts: list codes in the source of an item',
  subsumes: 'reads beyond the facts: list codes in the source of an item',
  subsumedBy: 'reads beyond the facts: list codes in the source of an item',
};

/** One reason for each function of an atom that rules may not use. */
export function forbiddenFunctions({ functions }: Leaf): string[] {
  return functions
    .filter((name) => !ALLOWED.has(name))
    .map(
      (name) => `\`${name}()\` ${WHY_NOT[name] ?? `is not among the functions of rules (${[...ALLOWED].join(', ')})`}`,
    );
}

/** Connectives inside an atom; `xor` and `implies` are not among them. */
export const isConnective = (operator: string): boolean => operator === 'and' || operator === 'or';
