/** Which cases can see another condition in a place: those in which it is otherwise true, or for other reasons. */
import { type Atom, atomsOf, type Condition, literalsOf } from '../../src/knowledge/condition.ts';
import type { Evaluation } from '../../src/knowledge/evaluate.ts';
import { type Mutant, whereRead } from './mutant.ts';
import type { Place } from './places.ts';

/** Conditions over names that change during a decision are compared by whether they were read at all. */
export function whereOther({ condition, readOnce }: Place, changed: Condition): Mutant['reaches'] {
  const isRead = whereRead(atomsOf(condition));
  if (!readOnce) return isRead;
  return (seen) => isRead(seen) && reasons(condition, seen.evaluation) !== reasons(changed, seen.evaluation);
}

/** All that a decision takes from an alternative or a variable: its truth, what makes it so, part by part when it is open. */
function reasons(condition: Condition, evaluation: Evaluation): string {
  const truth = evaluation.truthOf(condition);
  if (truth !== undefined) return truth ? `true ${trueAtoms(condition, evaluation)}` : 'false';
  const parts = literalsOf(condition).map(
    (part) => `${evaluation.truthOf(part)} ${trueAtoms(part, evaluation)} ${unknownAtoms(part, evaluation)}`,
  );
  return parts.join('; ');
}

const trueAtoms = (condition: Condition, evaluation: Evaluation) => indices(condition, evaluation, true).join();
const unknownAtoms = (condition: Condition, evaluation: Evaluation) => indices(condition, evaluation, undefined).join();

function indices(condition: Condition, evaluation: Evaluation, wanted: boolean | undefined): Atom['index'][] {
  if (evaluation.truthOf(condition) !== wanted) return [];
  if (condition.kind === 'atom') return [condition.atom.index];
  if (condition.kind === 'named') return indices(condition.variable.condition, evaluation, wanted);
  return condition.parts.flatMap((part) => indices(part, evaluation, wanted));
}
