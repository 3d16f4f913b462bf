/** One rule: FIRES, OPEN or EXCLUDED; what an open one raises (spec 0.3-2, 0.3-5, 0.3-6). */
import type { Facts } from '../evidence/fact.ts';
import type { Evaluation } from '../knowledge/evaluate.ts';
import type { FactDefinition } from '../knowledge/fact-definition.ts';
import type { Gate, LevelGroup, Raise, Rule } from '../knowledge/topic.ts';
import type { OpenAlternative, RaisedBy, RuleResult } from './decision.ts';
import { explainOpen, trueAtoms } from './open-alternative.ts';

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
  const truths = rule.alternatives.map(({ condition }) => evaluation.truthOf(condition));
  const fired = rule.alternatives.filter((_, at) => truths[at] === true);
  const result: RuleResult = {
    rule,
    state: 'excluded',
    fired,
    because: [...new Set(fired.flatMap(({ condition }) => trueAtoms(condition, evaluation)))],
    open: [],
    raised: [],
    suppressed: false,
    actions: [],
  };
  if (fired.length > 0) return { ...result, state: 'fires' };
  const open = rule.alternatives
    .filter((_, at) => truths[at] === undefined)
    .map((alternative) => explainOpen(alternative, evaluation, facts));
  if (open.length === 0) return result;
  return { ...result, state: 'open', open, raised: group.raises.flatMap((raise) => raisedBy(raise, open, context)) };
}

function raisedBy(raise: Raise, open: OpenAlternative[], context: OpenContext): RaisedBy[] {
  if (![...context.gates].some((gate) => raise.gates.has(gate))) return [];
  const raising = open.filter(
    (alternative) =>
      (alternative.discriminating.length > 0 || raise.when === 'strict') && applies(raise, alternative, context),
  );
  return raising.length > 0 ? [{ level: raise.level, when: raise.when, open: raising }] : [];
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
