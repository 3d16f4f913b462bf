/** One change of a compiled plan, and the way back. */
import { ORDER_HOOKS } from '../../src/cds-hooks/draft-orders.ts';
import type { Atom } from '../../src/knowledge/condition.ts';
import type { Evaluation } from '../../src/knowledge/evaluate.ts';
import type { Gate } from '../../src/knowledge/topic.ts';
import type { Readings } from './watch-atoms.ts';

/** What a case looked at while nothing was changed. */
export type Seen = {
  readings: Readings;
  gates: ReadonlySet<Gate>;
  hook: string;
  /** Ids of the rules that fired, confidential ones included, rules about draft orders not. */
  fired: ReadonlySet<string>;
  /** It expects more of the cards than level and rules. */
  looksAtCards: boolean;
  /** As it stood when the decision was made. */
  evaluation: Evaluation;
};

export type Mutant = {
  /** Names the mutant in reports and among the explained survivors. */
  id: string;
  /** Rules whose cases are most likely to notice. */
  rules: string[];
  /** False only when the case cannot see the change: it never looked there, or would have got the same value. */
  reaches: (seen: Seen) => boolean;
  /** Proven to change nothing: the gate alone decides what was changed. */
  isSame?: boolean;
  /** Changes the topic in place. @returns what undoes it */
  apply: () => () => void;
};

/** A mutant that replaces one property. */
export function replacing<T, K extends keyof T>(target: T, key: K, value: T[K]): Mutant['apply'] {
  return () => {
    const before = target[key];
    target[key] = value;
    return () => {
      target[key] = before;
    };
  };
}

/** Reaches the cases on whose cards an action or the text of a rule may stand: it fires, or drafts are looked at. */
export const whereSaid =
  (rule: string): Mutant['reaches'] =>
  ({ fired, hook, looksAtCards }) =>
    looksAtCards && (fired.has(rule) || ORDER_HOOKS.has(hook));

/** Reaches the cases that evaluated any of these atoms. */
export const whereRead =
  (atoms: Atom[]): Mutant['reaches'] =>
  ({ readings }) =>
    atoms.some((atom) => readings.has(atom));
