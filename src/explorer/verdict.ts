/** One rule's result in words: whether it fires, why, and what is missing. */
import type { Decision, RuleResult } from '../decision/decision.ts';
import type { Condition } from '../knowledge/condition.ts';
import type { Rule, Topic } from '../knowledge/topic.ts';
import { conditionWords } from './words/condition-words.ts';

export type Verdict = {
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

/** @param result absent when the rule did not run */
export function verdict(rule: Rule, result: RuleResult | undefined, decision: Decision, topic: Topic): Verdict {
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

/** Each line once. */
export const unique = (lines: string[]): string[] => [...new Set(lines)];
