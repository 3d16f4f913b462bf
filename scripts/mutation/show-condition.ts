/** Conditions in words, for the names of mutants. */
import type { Condition } from '../../src/knowledge/condition.ts';

/** A condition as it is written, named literals by their names. */
export function shown(condition: Condition): string {
  if (condition.kind === 'atom') return condition.atom.expression;
  if (condition.kind === 'named') return `%${condition.variable.name}`;
  return `(${condition.parts.map(shown).join(` ${condition.kind} `)})`;
}
