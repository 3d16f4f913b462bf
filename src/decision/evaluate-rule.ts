/** One rule: FIRES, OPEN or EXCLUDED; what an open one raises (spec 0.3-2, 0.3-5, 0.3-6). */
import type { Facts } from '../evidence/fact.ts';
import type { Atom } from '../knowledge/condition.ts';
import type { Evaluation } from '../knowledge/evaluate.ts';
import type { FactDefinition } from '../knowledge/fact-definition.ts';
import { oncePer } from '../knowledge/once-per.ts';
import type { Alternative, Gate, LevelGroup, Raise, Rule } from '../knowledge/topic.ts';
import type { OpenAlternative, RaisedBy, RuleResult } from './decision.ts';
import { addTrueAtoms, explainOpen } from './open-alternative.ts';
import { anyIn } from './rule-order.ts';

/** What judging an open rule needs beside the rule. */
export type OpenContext = {
  gates: ReadonlySet<Gate>;
  faceToFace: boolean;
  unanswered: FactDefinition[];
  /** The site wants every emergency question answered, whatever points to danger; in the pathway only. */
  strict: boolean;
};

/** Evaluates a rule. */
export function evaluateRule(
  rule: Rule,
  group: LevelGroup,
  evaluation: Evaluation,
  facts: Facts,
  context: OpenContext,
): RuleResult {
  let fired: Alternative[] | undefined;
  let undecided: Alternative[] | undefined;
  for (const alternative of rule.alternatives) {
    const truth = evaluation.truthOf(alternative.condition);
    if (truth === true) fired = append(fired, alternative);
    else if (truth === undefined) undecided = append(undecided, alternative);
  }
  if (fired) return { ...excluded(rule), state: 'fires', fired, because: becauseOf(fired, evaluation) };
  if (!undecided) return excluded(rule);
  const open = undecided.map((alternative) => explainOpen(alternative, evaluation, facts));
  return { ...excluded(rule), state: 'open', open, raised: raisedBy(group.raises, open, context) };
}

/** A rule that is ruled out has the same result in every call: shared, so nobody may write into it. */
const excluded = oncePer((rule: Rule): RuleResult => {
  const result: RuleResult = {
    rule,
    state: 'excluded',
    fired: [],
    because: [],
    open: [],
    raised: [],
    suppressed: false,
    actions: [],
  };
  for (const part of Object.values(result)) if (Array.isArray(part)) Object.freeze(part);
  return Object.freeze(result);
});

function append<T>(list: T[] | undefined, one: T): T[] {
  if (!list) return [one];
  list.push(one);
  return list;
}

function becauseOf(fired: Alternative[], evaluation: Evaluation): Atom[] {
  const atoms = new Set<Atom>();
  for (const { condition } of fired) addTrueAtoms(condition, evaluation, atoms);
  return [...atoms];
}

function raisedBy(raises: Raise[], open: OpenAlternative[], context: OpenContext): RaisedBy[] {
  const raised: RaisedBy[] = [];
  for (const raise of raises) {
    if (!anyIn(context.gates, raise.gates)) continue;
    const raising = open.filter(
      (alternative) =>
        (alternative.discriminating.length > 0 || raise.when === 'strict') && applies(raise, alternative, context),
    );
    if (raising.length > 0) raised.push({ level: raise.level, when: raise.when, open: raising });
  }
  return raised;
}

function applies(
  { when }: Raise,
  { kind, unknown }: OpenAlternative,
  { faceToFace, unanswered, strict }: OpenContext,
): boolean {
  switch (when) {
    case 'asked':
    case 'private':
      return kind === when;
    case 'measured':
      return kind === 'measured' && faceToFace;
    case 'closing':
      return kind === 'asked' && unknown.some((fact) => unanswered.includes(fact));
    case 'strict':
      return kind === 'asked' && strict;
  }
}
