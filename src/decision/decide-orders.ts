/** Draft orders -> what each one's rules say, on top of the decision about the person (spec D). */
import type { Moment } from '../evidence/chart.ts';
import type { Fact, Facts } from '../evidence/fact.ts';
import { bindFacts } from '../evidence/unknown.ts';
import type { LevelGroup, Topic } from '../knowledge/topic.ts';
import type { Draft } from '../orders/draft.ts';
import { readOrderFacts } from '../orders/order-facts.ts';
import { finish } from './decide.ts';
import type { Decision, RuleResult } from './decision.ts';
import { evaluateRule, type OpenContext } from './evaluate-rule.ts';

export type OrderDecision = {
  draft: Draft;
  /** Facts of the person and of the draft. */
  facts: Facts;
  results: RuleResult[];
};

/** Decides on each draft; only the atoms that read a draft are evaluated again for it. */
export function decideOrders(topic: Topic, decision: Decision, drafts: Draft[], moment: Moment): OrderDecision[] {
  const unknown = Object.fromEntries(topic.orderFacts.map(({ name }) => [name, []]));
  const context: OpenContext = {
    gates: decision.gates,
    faceToFace: decision.evidence.setting.faceToFace,
    unanswered: decision.unanswered,
    strict: false,
  };
  return drafts.map((draft) => {
    const ofDraft = new Map(
      readOrderFacts(topic.orderFacts, draft, topic.orderTerms, moment).map((fact) => [fact.definition.name, fact]),
    );
    decision.evaluation.bind('order', { ...unknown, ...bindFacts(ofDraft, {}).bindings });
    const facts = new Map<string, Fact>([...decision.facts, ...ofDraft]);
    const evaluate = (group: LevelGroup) =>
      group.rules
        .filter(({ runsIn }) => [...decision.gates].some((gate) => runsIn.has(gate)))
        .map((rule) => finish(evaluateRule(rule, group, decision.evaluation, facts, context), decision.evaluation));
    return { draft, facts, results: topic.orderGroups.flatMap(evaluate) };
  });
}
