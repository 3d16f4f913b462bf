/** Why an alternative is open, and whether something in it points to danger (spec 0.3-4, 0.3-5). */
import type { Fact, Facts } from '../evidence/fact.ts';
import type { Atom, Condition } from '../knowledge/condition.ts';
import type { Evaluation } from '../knowledge/evaluate.ts';
import type { FactClass, FactDefinition } from '../knowledge/fact-definition.ts';
import type { Alternative } from '../knowledge/topic.ts';
import type { OpenAlternative, OpenKind } from './decision.ts';

/** Explains an open alternative. */
export function explainOpen(alternative: Alternative, evaluation: Evaluation, facts: Facts): OpenAlternative {
  const missing: FactDefinition[] = [];
  const discriminating: Atom[] = [];
  let kind: OpenKind = 'asked';
  for (const literal of alternative.literals) {
    addDiscriminating(literal, alternative, evaluation, facts, discriminating);
    if (evaluation.truthOf(literal) !== undefined) continue;
    const from = missing.length;
    addMissingFacts(literal, evaluation, facts, missing);
    kind = further(kind, literalKind(missing, from));
  }
  return { alternative, kind, unknown: eachOnce(missing), discriminating };
}

/** In its own order; most lists are short. */
function eachOnce(definitions: FactDefinition[]): FactDefinition[] {
  if (definitions.length < 2) return definitions;
  return definitions.filter((definition, at) => definitions.indexOf(definition) === at);
}

/** Adds the atoms that make a true condition true. */
export function addTrueAtoms(condition: Condition, evaluation: Evaluation, to: { add(atom: Atom): void }): void {
  if (evaluation.truthOf(condition) !== true) return;
  if (condition.kind === 'atom') to.add(condition.atom);
  else if (condition.kind === 'named') addTrueAtoms(condition.variable.condition, evaluation, to);
  else for (const part of condition.parts) addTrueAtoms(part, evaluation, to);
}

/** The facts that leave a condition unknown; a known value may do so too (an amount that nobody gave). */
function addMissingFacts(condition: Condition, evaluation: Evaluation, facts: Facts, missing: FactDefinition[]): void {
  if (evaluation.truthOf(condition) !== undefined) return;
  if (condition.kind === 'atom') addMissing(condition.atom, facts, missing);
  else if (condition.kind === 'named') addMissingFacts(condition.variable.condition, evaluation, facts, missing);
  else for (const part of condition.parts) addMissingFacts(part, evaluation, facts, missing);
}

function addMissing({ reads }: Atom, facts: Facts, missing: FactDefinition[]): void {
  const before = missing.length;
  for (const name of reads) {
    const fact = facts.get(name);
    if (fact && isMissing(fact)) missing.push(fact.definition);
  }
  if (missing.length > before) return;
  for (const name of reads) {
    const fact = facts.get(name);
    if (fact) missing.push(fact.definition);
  }
}

const isMissing = ({ value, complete, definition }: Fact): boolean =>
  (value === undefined && definition.valueWhenUnknown === undefined) || !complete;

/** What kind of fact each class is when it is missing. */
const KINDS: Readonly<Record<FactClass, OpenKind>> = {
  private: 'private',
  symptom: 'asked',
  context: 'asked',
  measured: 'measured',
  observer: 'measured',
  record: 'unread',
};

/** Whoever can be asked settles a literal: what is easiest to have comes first, but for what is confidential. */
const OF_LITERAL: Readonly<Record<OpenKind, number>> = { private: 3, asked: 2, measured: 1, unread: 0 };

/** The kind of a literal, from the facts that it misses: those from a place on. */
function literalKind(missing: FactDefinition[], from: number): OpenKind {
  let kind: OpenKind | undefined;
  for (let at = from; at < missing.length; at += 1) {
    const own = KINDS[(missing[at] as FactDefinition).class];
    if (kind === undefined || OF_LITERAL[own] > OF_LITERAL[kind]) kind = own;
  }
  return kind ?? 'asked';
}

/** All literals of an alternative must be settled: what is hardest to have comes first. */
const OF_ALTERNATIVE: Readonly<Record<OpenKind, number>> = { private: 3, measured: 2, unread: 1, asked: 0 };

const further = (kind: OpenKind, other: OpenKind): OpenKind =>
  OF_ALTERNATIVE[other] > OF_ALTERNATIVE[kind] ? other : kind;

function addDiscriminating(
  literal: Condition,
  alternative: Alternative,
  evaluation: Evaluation,
  facts: Facts,
  found: Atom[],
): void {
  if (evaluation.truthOf(literal) !== true) return;
  const named = alternative.discriminating;
  const byName = literal.kind === 'named' && named.includes(literal.variable.name);
  const add = (atom: Atom) => {
    if (byName || named.some((name) => atom.leaf.names.includes(name)) || discriminates(atom, facts)) found.push(atom);
  };
  addTrueAtoms(literal, evaluation, { add });
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
