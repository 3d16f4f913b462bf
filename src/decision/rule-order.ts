/** Which rules are evaluated, and in which order: worked out once for each set of gates. */
import { oncePer } from '../knowledge/once-per.ts';
import type { Gate, LevelGroup, Rule } from '../knowledge/topic.ts';

/** Rules of one group that are evaluated one after the other. */
type Stretch = { group: LevelGroup; rules: Rule[] };

/** Public rules in the order of their evaluation, and those over confidential facts, which come after them. */
type RuleOrder = { public: Stretch[]; private: Stretch[] };

/** The rules that run in one of the gates. */
export function rulesIn(groups: LevelGroup[], gates: ReadonlySet<Gate>): RuleOrder {
  const known = ordersOf(groups);
  const key = [...gates].join(' ');
  const found = known.get(key);
  if (found) return found;
  const order = orderOf(groups, gates);
  known.set(key, order);
  return order;
}

const ordersOf = oncePer((_groups: LevelGroup[]) => new Map<string, RuleOrder>());

function orderOf(groups: LevelGroup[], gates: ReadonlySet<Gate>): RuleOrder {
  const stretches = (belongs: (rule: Rule) => boolean) =>
    groups.map((group) => ({ group, rules: group.rules.filter((rule) => anyIn(gates, rule.runsIn) && belongs(rule)) }));
  return {
    public: [
      ...stretches((rule) => !rule.evaluatedLast && !rule.private),
      ...stretches((rule) => rule.evaluatedLast && !rule.private),
    ].filter(({ rules }) => rules.length > 0),
    private: stretches((rule) => rule.private).filter(({ rules }) => rules.length > 0),
  };
}

/** Whether one of the gates is among others. */
export function anyIn(gates: ReadonlySet<Gate>, others: ReadonlySet<string>): boolean {
  for (const gate of gates) if (others.has(gate)) return true;
  return false;
}
