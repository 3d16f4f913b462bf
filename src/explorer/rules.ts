/** Every rule of a plan as data for people: in words and as FHIRPath. */
import type { PlanDefinition } from '../fhir/types.ts';
import type { Condition, Variable } from '../knowledge/condition.ts';
import type { LevelGroup, Rule, Topic } from '../knowledge/topic.ts';
import { axes, type FactShown, factsShown } from './facts.ts';
import { conditionWords, fhirpath } from './words/condition-words.ts';
import { length } from './words/durations.ts';
import { EVIDENCE_WORDS, evidenceOf } from './words/evidence-tag.ts';
import { namesReadBy } from './words/names-read.ts';
import { openWords } from './words/open-words.ts';
import { type PlanFacts, planFacts } from './words/plan-texts.ts';
import { actionWords, textWords } from './words/rule-parts.ts';

type LevelShown = { code: string; title: string; indicator: string; meaning: string; within?: string };

/** Words hold `**and**` and `` `code` `` as Markdown does. */
type RuleShown = {
  id: string;
  title: string;
  why: string;
  level: string;
  /** Speaks of draft orders: fires at order hooks only. */
  ofOrders: boolean;
  private: boolean;
  runsIn: string[];
  within?: string;
  alternatives: { id: string; words: string; fhirpath: string; whileOpen?: string }[];
  /** Names of derived facts that the alternatives use, also through one another. */
  derived: string[];
  reads: string[];
  actions: string[];
  texts: string[];
  sources: { display: string; url?: string; text: string; checked: string }[];
  reviewDue: string;
};

export type PlanShown = {
  url: string;
  id: string;
  version: string;
  title: string;
  levels: LevelShown[];
  rules: RuleShown[];
  derived: { name: string; description: string; words: string; fhirpath: string }[];
  facts: FactShown[];
  /** Names of facts that a heat map can be drawn over. */
  axes: string[];
};

/** @param plan as its file has it: compiled topics keep no review dates */
export function planShown(topic: Topic, plan: PlanDefinition): PlanShown {
  const facts = planFacts(plan);
  return {
    url: topic.url,
    id: topic.id,
    version: topic.version,
    title: topic.title,
    levels: topic.allGroups.map(levelShown),
    rules: topic.allGroups.flatMap((group) => group.rules.map((rule) => ruleShown(rule, group, topic, facts))),
    derived: topic.variables.map(({ name, description, condition, expression }) => ({
      name,
      description,
      words: conditionWords(condition, topic),
      fhirpath: expression,
    })),
    facts: factsShown(topic),
    axes: axes(topic).map(({ name }) => name),
  };
}

const levelShown = ({ code, title, indicator, meaning, limit }: LevelGroup): LevelShown => ({
  code,
  title,
  indicator,
  meaning,
  ...(limit !== undefined && { within: length(limit) }),
});

function ruleShown(rule: Rule, group: LevelGroup, topic: Topic, plan: PlanFacts): RuleShown {
  const { id, title, why, level } = rule;
  const limit = rule.limit ?? group.limit;
  return {
    id,
    title,
    why,
    level,
    ofOrders: topic.orderGroups.includes(group),
    private: rule.private,
    runsIn: [...rule.runsIn],
    ...(limit !== undefined && { within: length(limit) }),
    alternatives: rule.alternatives.map((alternative) => ({
      id: alternative.id,
      words: conditionWords(alternative.condition, topic),
      fhirpath: fhirpath(alternative.condition),
      ...(group.raises.length > 0 && { whileOpen: openWords(alternative, group, topic) }),
    })),
    derived: [...new Set(rule.alternatives.flatMap(({ condition }) => derivedIn(condition)))],
    reads: [...namesReadBy(rule)],
    actions: rule.actions.map((action) => actionWords(action, topic, plan)),
    texts: rule.patientTexts.map((text) => textWords(text, plan)),
    sources: rule.citations.map((citation) => ({
      display: citation.display,
      // Addresses under example.org lead nowhere.
      ...(citation.url !== undefined && !citation.url.includes('//example.org/') && { url: citation.url }),
      text: citation.citation ?? citation.label,
      checked: EVIDENCE_WORDS[evidenceOf(citation)],
    })),
    reviewDue: plan.due.get(id) ?? 'not stated',
  };
}

/** Names of derived facts in a condition, those inside them included. */
function derivedIn(condition: Condition): string[] {
  const within = (variable: Variable): string[] => [variable.name, ...derivedIn(variable.condition)];
  if (condition.kind === 'named') return within(condition.variable);
  if (condition.kind === 'atom') return condition.atom.variables.flatMap(within);
  return condition.parts.flatMap(derivedIn);
}
