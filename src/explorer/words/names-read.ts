/** What rules read. */
import { atomsOf } from '../../knowledge/condition.ts';
import type { Rule } from '../../knowledge/topic.ts';

/** Facts and engine names that a rule reads, in its alternatives and elsewhere. */
export function namesReadBy(rule: Rule): Set<string> {
  const conditions = [
    ...rule.alternatives.map(({ condition }) => condition),
    ...rule.actions.flatMap(({ conditions: own }) => own),
    ...(rule.suppressedWhen ? [rule.suppressedWhen] : []),
  ];
  return new Set([...conditions.flatMap(atomsOf).flatMap(({ reads }) => reads), ...rule.alsoShow]);
}
