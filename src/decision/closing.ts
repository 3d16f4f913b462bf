/** Closing items: what must be explicitly answered before anything may be called closed (spec 0.6). */
import type { Fact, Facts } from '../evidence/fact.ts';
import type { Evaluation } from '../knowledge/evaluate.ts';
import type { ClosingItem, FactDefinition } from '../knowledge/fact-definition.ts';

export type Closing = { unanswered: FactDefinition[]; allClosed: boolean };

/** Reads the closing items; "needed" that is unknown counts as needed. Outside the pathway nothing is needed. */
export function readClosing(items: ClosingItem[], facts: Facts, evaluation: Evaluation, inPathway: boolean): Closing {
  const closing: Closing = { unanswered: [], allClosed: true };
  for (const { fact: definition, when, closedBy } of inPathway ? items : []) {
    if (when.every((condition) => evaluation.truthOf(condition) === false)) continue;
    const fact = facts.get(definition.name);
    const closed = closedBy ? evaluation.truthOf(closedBy) === true : isDenied(fact);
    if (closed) continue;
    closing.allClosed = false;
    if (fact?.value === undefined) closing.unanswered.push(definition);
  }
  return closing;
}

const isDenied = (fact: Fact | undefined): boolean =>
  fact?.value !== undefined && fact.used.length > 0 && fact.used.every(({ sign }) => sign === 'negative');
