/** The Decision: every rule with its truth, what it rests on, what is missing; the level. It explains itself. */
import type { Facts } from '../evidence/fact.ts';
import type { Evidence } from '../evidence/read-evidence.ts';
import type { Atom } from '../knowledge/condition.ts';
import type { Evaluation, Failure } from '../knowledge/evaluate.ts';
import type { FactDefinition } from '../knowledge/fact-definition.ts';
import type { Alternative, Gate, HookNote, RaiseKind, Rule, RuleAction } from '../knowledge/topic.ts';
import type { Gestation } from '../pregnancy/gestation.ts';
import type { PregnancyReading } from '../pregnancy/read-pregnancy.ts';

/** Why an alternative is open: what kind of fact is missing. `unread` = the chart could not be read. */
export type OpenKind = 'asked' | 'measured' | 'private' | 'unread';

/** An alternative that nothing has ruled out. */
export type OpenAlternative = {
  alternative: Alternative;
  kind: OpenKind;
  /** Facts that would decide it. */
  unknown: FactDefinition[];
  /** Atoms that are certainly true and discriminate (spec 0.3-4). */
  discriminating: Atom[];
};

/** A level that an open rule raises to. */
export type RaisedBy = { level: string; when: RaiseKind; open: OpenAlternative[] };

export type RuleResult = {
  rule: Rule;
  state: 'fires' | 'open' | 'excluded';
  /** Alternatives that are true. */
  fired: Alternative[];
  /** The true atoms of these alternatives. */
  because: Atom[];
  open: OpenAlternative[];
  raised: RaisedBy[];
  /** The rule fires, but its text and actions are not printed. */
  suppressed: boolean;
  /** Actions whose own conditions hold or may hold; none unless the rule fires. */
  actions: RuleAction[];
};

/** What the rules over confidential facts say; nothing else of a Decision knows of them (spec 0.3-9). */
export type PrivateFindings = {
  results: RuleResult[];
  level: string | undefined;
  failures: Failure[];
};

export type Decision = {
  gates: ReadonlySet<Gate>;
  discord: boolean;
  gestation: Gestation;
  pregnancy: PregnancyReading;
  evidence: Evidence;
  /** Facts as the rules saw them. */
  facts: Facts;
  results: RuleResult[];
  /** Code of the highest level fired or raised; undefined = nothing. */
  level: string | undefined;
  /** Closing items that need an explicit answer and have none (spec 0.6). */
  unanswered: FactDefinition[];
  inPathway: boolean;
  /** The silence gate holds: nothing is to be said. */
  silent: boolean;
  /** Sources without which the pregnancy status might be another; the gate is OUT only for want of them. */
  unreadStatus: string[];
  failures: Failure[];
  /** Lines that the hook adds. */
  notes: HookNote[];
  /** The level if every open question were answered no; policy `strict` only. */
  provisional?: string | undefined;
  private: PrivateFindings;
  /** The evaluation that it was made with: rules about draft orders go on from it. */
  evaluation: Evaluation;
};
