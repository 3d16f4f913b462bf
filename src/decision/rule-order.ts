/** In which order rules are evaluated, and which of them run. */
import { oncePer } from '../knowledge/once-per.ts';
import type { Gate, LevelGroup, Rule } from '../knowledge/topic.ts';

/** Rules of one group that are evaluated one after the other. */
type Stretch = { group: LevelGroup; rules: Rule[] };

/** Public rules in the order of their evaluation, and those over confidential facts, which come after them. */
export const inOrder = oncePer((groups: LevelGroup[]): Record<'public' | 'private', Stretch[]> => {
  const stretches = (belongs: (rule: Rule) => boolean) =>
    groups.map((group) => ({ group, rules: group.rules.filter(belongs) })).filter(({ rules }) => rules.length > 0);
  return {
    public: [
      ...stretches((rule) => !rule.evaluatedLast && !rule.private),
      ...stretches((rule) => rule.evaluatedLast && !rule.private),
    ],
    private: stretches((rule) => rule.private),
  };
});

/** Whether one of the gates is among others. */
export function anyIn(gates: ReadonlySet<Gate>, others: ReadonlySet<string>): boolean {
  for (const gate of gates) if (others.has(gate)) return true;
  return false;
}
