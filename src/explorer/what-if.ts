/** A Decision on supposed facts, explained rule by rule. */
import type { Decision, RuleResult } from '../decision/decision.ts';
import type { Condition } from '../knowledge/condition.ts';
import type { Rule, Topic } from '../knowledge/topic.ts';
import { conditionWords } from './words/condition-words.ts';

type Verdict = {
  id: string;
  /** `not-run`: the rule is for other gates. */
  state: 'fires' | 'open' | 'excluded' | 'not-run';
  raised: { level: string; when: string }[];
  /** What is true, what rules it out, or why it was not run; in words. */
  why: string[];
  /** Labels of facts that would decide it. */
  missing: string[];
  /** Ids of the alternatives that fire or are open. */
  alternatives: string[];
};

export type WhatIf = {
  level?: string;
  /** What the private card says, apart. */
  privateLevel?: string;
  silent: boolean;
  gates: string[];
  /** Completed days. */
  gestation: { known: boolean; min: number; max: number };
  pregnancy: string;
  rules: Verdict[];
  /** What was supposed and not used. */
  notUsed: { label: string; reasons: string[] }[];
  /** Needed safety questions without an answer. */
  unanswered: string[];
  failures: string[];
};

/** @param names of the facts that were supposed */
export function explained(topic: Topic, decision: Decision, names: string[]): WhatIf {
  const { level, gates, gestation, pregnancy, failures, unanswered } = decision;
  const hidden = decision.private;
  const results = new Map([...decision.results, ...hidden.results].map((result) => [result.rule.id, result]));
  const rules = topic.groups.flatMap((group) => group.rules);
  return {
    ...(level !== undefined && { level }),
    ...(hidden.level !== undefined && { privateLevel: hidden.level }),
    silent: decision.silent,
    gates: [...gates],
    gestation: { known: gestation.known, min: gestation.min, max: gestation.max },
    pregnancy: pregnancy.status,
    rules: rules.map((rule) => verdict(rule, results.get(rule.id), decision, topic)),
    notUsed: names.flatMap((name) => notUsed(name, decision)),
    unanswered: unanswered.map(({ label }) => label),
    failures: [...failures, ...hidden.failures].map(({ expression }) => expression),
  };
}

function verdict(rule: Rule, result: RuleResult | undefined, decision: Decision, topic: Topic): Verdict {
  const none = { id: rule.id, raised: [], missing: [], alternatives: [] };
  if (!result) {
    const gates = [...decision.gates].join(', ') || 'none';
    return { ...none, state: 'not-run', why: [`runs in ${[...rule.runsIn].join(', ')}; the gate is ${gates}`] };
  }
  const { state, fired, open } = result;
  if (state === 'fires') {
    const why = fired.flatMap(({ condition }) => trueWords(condition, decision, topic));
    return { ...none, state, why: unique(why), alternatives: fired.map(({ id }) => id) };
  }
  if (state === 'excluded') return { ...none, state, why: unique(literals(rule.alternatives, false, decision, topic)) };
  const alternatives = open.map(({ alternative }) => alternative);
  return {
    ...none,
    state,
    raised: result.raised.map(({ level, when }) => ({ level, when })),
    why: unique(literals(alternatives, true, decision, topic)),
    missing: unique(open.flatMap(({ unknown }) => unknown.map(({ label }) => label))),
    alternatives: alternatives.map(({ id }) => id),
  };
}

/** The true parts of a condition; a derived fact by its name, and by what makes it true. */
function trueWords(condition: Condition, decision: Decision, topic: Topic): string[] {
  if (decision.evaluation.truthOf(condition) !== true) return [];
  const words = conditionWords(condition, topic);
  if (condition.kind === 'atom') return [words];
  if (condition.kind !== 'named') return condition.parts.flatMap((part) => trueWords(part, decision, topic));
  const inner = condition.variable.condition;
  return inner.kind === 'atom' ? [words] : [`${words} (${trueWords(inner, decision, topic).join(', ')})`];
}

/** Literals that have this truth: true ones speak for a rule, false ones rule an alternative out. */
function literals(
  alternatives: Rule['alternatives'],
  truth: boolean,
  { evaluation }: Decision,
  topic: Topic,
): string[] {
  return alternatives
    .flatMap((alternative) => alternative.literals)
    .filter((literal) => evaluation.truthOf(literal) === truth)
    .map((literal) => conditionWords(literal, topic));
}

function notUsed(name: string, { facts }: Decision): WhatIf['notUsed'] {
  const fact = facts.get(name);
  if (!fact || fact.setAside.length === 0) return [];
  return [{ label: fact.definition.label, reasons: unique(fact.setAside.map(({ reason }) => reason)) }];
}

const unique = (lines: string[]): string[] => [...new Set(lines)];
