/** The Markdown detail of an order card: the order, do, why, not ruled out, tell, basis. */
import type { OrderDecision } from '../decision/decide-orders.ts';
import type { RuleResult } from '../decision/decision.ts';
import type { Facts } from '../evidence/fact.ts';
import type { FactDefinition } from '../knowledge/fact-definition.ts';
import type { LevelGroup } from '../knowledge/topic.ts';
import { basisSection } from './detail-basis.ts';
import { doSection, tellSection } from './detail-do.ts';
import { unreadLines } from './detail-open.ts';
import { factLines, prefix } from './detail-why.ts';
import { escaped } from './escape.ts';
import type { OrderContext } from './order-context.ts';
import { bullet, markdown, type Section, subBullet } from './section.ts';

/** The detail of a card about drafts. */
export function orderDetail(context: OrderContext): string {
  return markdown([
    orderSection(context),
    doSection(context),
    whySection(context),
    openSection(context),
    tellSection(context),
    basisSection(context),
  ]);
}

function orderSection({ orders }: OrderContext): Section {
  const lines = orders.map(({ draft: { name, reference, ingredients } }) => {
    const by = ingredients?.by === 'name' ? ', recognised by its name only' : '';
    return bullet(`${escaped(name)} (${escaped(reference ?? 'without an id')}${by})`);
  });
  return { title: 'Draft order', lines };
}

function whySection(context: OrderContext): Section {
  const fired = context.findings.flatMap((finding) => finding.fired);
  return { title: 'Why', lines: fired.flatMap((result) => ruleLines(result, context)) };
}

function ruleLines(result: RuleResult, context: OrderContext): string[] {
  const { rule } = result;
  return [
    bullet(`**${escaped(rule.title)}** (${escaped(rule.id)}): ${prefix(result, context)}${escaped(rule.why)}`),
    ...rule.showsRulesOf.flatMap((level) => triageLines(level, context)),
    ...factsOfDrafts(result, context),
  ];
}

/** The facts that fired the rule, of every draft of the card; each line once. */
function factsOfDrafts({ rule }: RuleResult, context: OrderContext): string[] {
  const lines = context.orders.flatMap(({ facts, results }) => {
    const because = results.find((result) => result.rule === rule)?.because ?? [];
    return factLines(because, rule.alsoShow, { ...context, decision: { ...context.decision, facts: said(facts) } });
  });
  return [...new Set(lines)];
}

/** What an order is not would fill the card. */
const said = (facts: Facts): Facts =>
  new Map([...facts].filter(([, { definition, value }]) => definition.orderSources.length === 0 || value !== false));

/** What triage found at a level: fired rules, and rules that it could not exclude. */
function triageLines(level: string, { topic, triage }: OrderContext): string[] {
  const group = topic.allGroups.find(({ code }: LevelGroup) => code === level);
  const named = triage.flatMap(({ rule, state, raised }) => {
    if (state === 'fires' && rule.level === level) return [`${rule.id} ${rule.title}`];
    return raised.some((by) => by.level === level) ? [`cannot exclude ${rule.id} ${rule.title}`] : [];
  });
  if (named.length === 0) return [];
  return [subBullet(`${escaped(group?.title ?? level)}: ${named.map(escaped).join('; ')}`)];
}

/** What would matter for this order and is not known. */
function openSection({ orders, decision }: OrderContext): Section {
  const unknown = orders.flatMap(unknownFacts).filter(({ confidential }) => !confidential);
  const labels = [...new Set(unknown.map(({ label }) => label))];
  const { failures } = decision;
  return {
    title: 'Not ruled out',
    lines: [
      ...(labels.length > 0 ? [bullet(`Not known: ${labels.map(escaped).join(', ')}`)] : []),
      ...unreadLines(decision),
      ...failures.map(({ expression }) => bullet(`Could not be evaluated, taken as unknown: ${escaped(expression)}`)),
    ],
  };
}

/** What leaves a rule open; of a drug that is not recognised everything is unknown, and that is said once. */
function unknownFacts({ draft, results }: OrderDecision): FactDefinition[] {
  const facts = results.flatMap(({ state, open }) => (state === 'open' ? open.flatMap(({ unknown }) => unknown) : []));
  const recognised = draft.ingredients?.complete ?? true;
  return facts.filter(({ orderSources }) => recognised || orderSources.length === 0);
}
