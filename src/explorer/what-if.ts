/** A Decision on supposed facts, explained rule by rule. */
import type { Decision } from '../decision/decision.ts';
import type { Topic } from '../knowledge/topic.ts';
import type { DraftVerdicts } from './drafts.ts';
import { unique, type Verdict, verdict } from './verdict.ts';

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
  /** What the rules about orders say of each supposed draft. */
  drafts: DraftVerdicts[];
};

/** @param names of the facts that were supposed */
export function explained(topic: Topic, decision: Decision, names: string[]): Omit<WhatIf, 'drafts'> {
  const { level, gates, gestation, pregnancy, failures, unanswered, evaluation } = decision;
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
    failures: unique([...failures, ...evaluation.failures, ...hidden.failures].map(({ expression }) => expression)),
  };
}

function notUsed(name: string, { facts }: Decision): WhatIf['notUsed'] {
  const fact = facts.get(name);
  if (!fact || fact.setAside.length === 0) return [];
  return [{ label: fact.definition.label, reasons: unique(fact.setAside.map(({ reason }) => reason)) }];
}
