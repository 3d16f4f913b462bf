/** Why an alternative is open, and whether something in it points to danger (spec 0.3-4, 0.3-5). */
import type { Fact, Facts } from '../evidence/fact.ts';
import type { Atom, Condition } from '../knowledge/condition.ts';
import type { Evaluation } from '../knowledge/evaluate.ts';
import type { FactDefinition } from '../knowledge/fact-definition.ts';
import type { Alternative } from '../knowledge/topic.ts';
import type { OpenAlternative, OpenKind } from './decision.ts';

/** Explains an open alternative. */
export function explainOpen(alternative: Alternative, evaluation: Evaluation, facts: Facts): OpenAlternative {
  const unknownLiterals = alternative.literals.filter((literal) => evaluation.truthOf(literal) === undefined);
  const missing = unknownLiterals.map((literal) => missingFacts(literal, evaluation, facts));
  return {
    alternative,
    kind: kindOf(missing.map(literalKind)),
    unknown: [...new Set(missing.flat())],
    discriminating: alternative.literals.flatMap((literal) =>
      discriminatingAtoms(literal, alternative, evaluation, facts),
    ),
  };
}

/** The atoms that make a true condition true. */
export function trueAtoms(condition: Condition, evaluation: Evaluation): Atom[] {
  if (evaluation.truthOf(condition) !== true) return [];
  if (condition.kind === 'atom') return [condition.atom];
  if (condition.kind === 'named') return trueAtoms(condition.variable.condition, evaluation);
  return condition.parts.flatMap((part) => trueAtoms(part, evaluation));
}

function unknownAtoms(condition: Condition, evaluation: Evaluation): Atom[] {
  if (evaluation.truthOf(condition) !== undefined) return [];
  if (condition.kind === 'atom') return [condition.atom];
  if (condition.kind === 'named') return unknownAtoms(condition.variable.condition, evaluation);
  return condition.parts.flatMap((part) => unknownAtoms(part, evaluation));
}

/** The facts that leave a literal unknown; a known value may do so too (an amount that nobody gave). */
function missingFacts(literal: Condition, evaluation: Evaluation, facts: Facts): FactDefinition[] {
  return unknownAtoms(literal, evaluation).flatMap(({ reads }) => {
    const read = reads.flatMap((name) => facts.get(name) ?? []);
    const unknown = read.filter(({ value, complete, definition }) => {
      return (value === undefined && definition.valueWhenUnknown === undefined) || !complete;
    });
    return (unknown.length > 0 ? unknown : read).map(({ definition }) => definition);
  });
}

function literalKind(missing: FactDefinition[]): OpenKind {
  const classes = new Set(missing.map((definition) => definition.class));
  if (classes.has('private')) return 'private';
  if (classes.has('symptom') || classes.has('context')) return 'asked';
  if (classes.has('measured') || classes.has('observer')) return 'measured';
  return classes.has('record') ? 'unread' : 'asked';
}

function kindOf(kinds: OpenKind[]): OpenKind {
  if (kinds.includes('private')) return 'private';
  if (kinds.includes('measured')) return 'measured';
  return kinds.includes('unread') ? 'unread' : 'asked';
}

function discriminatingAtoms(
  literal: Condition,
  alternative: Alternative,
  evaluation: Evaluation,
  facts: Facts,
): Atom[] {
  const atoms = trueAtoms(literal, evaluation);
  const byName = literal.kind === 'named' && alternative.discriminating.includes(literal.variable.name);
  return atoms.filter(
    (atom) =>
      byName || alternative.discriminating.some((name) => atom.leaf.names.includes(name)) || discriminates(atom, facts),
  );
}

/** A true atom discriminates through a fact that does; a bound counts only for `>=` or `>` with at least that number. */
export function discriminates(atom: Atom, facts: ReadonlyMap<string, Pick<Fact, 'definition'>>): boolean {
  return atom.reads.some((name) => {
    const definition = facts.get(name)?.definition;
    if (!definition) return false;
    if (typeof definition.discriminating === 'boolean') return definition.discriminating;
    const { shape } = atom.leaf;
    if (shape.kind !== 'comparison' || shape.name !== name || !shape.operator.startsWith('>')) return false;
    return Number.parseFloat(shape.literal.text) >= definition.discriminating;
  });
}
