/** Why an alternative is open, and whether something in it points to danger (spec 0.3-4, 0.3-5). */
import type { Fact, Facts } from '../evidence/fact.ts';
import type { Atom, Condition } from '../knowledge/condition.ts';
import type { Evaluation } from '../knowledge/evaluate.ts';
import type { FactClass, FactDefinition } from '../knowledge/fact-definition.ts';
import type { Alternative } from '../knowledge/topic.ts';
import type { OpenAlternative, OpenKind } from './decision.ts';

/** Explains an open alternative. */
export function explainOpen(alternative: Alternative, evaluation: Evaluation, facts: Facts): OpenAlternative {
  const unknown: FactDefinition[] = [];
  const kinds: OpenKind[] = [];
  const discriminating: Atom[] = [];
  for (const literal of alternative.literals) {
    addDiscriminating(literal, alternative, evaluation, facts, discriminating);
    if (evaluation.truthOf(literal) !== undefined) continue;
    const missing = missingFacts(literal, evaluation, facts);
    kinds.push(literalKind(missing));
    for (const definition of missing) if (!unknown.includes(definition)) unknown.push(definition);
  }
  return { alternative, kind: kindOf(kinds), unknown, discriminating };
}

/** Adds the atoms that make a true condition true. */
export function addTrueAtoms(condition: Condition, evaluation: Evaluation, to: { add(atom: Atom): void }): void {
  if (evaluation.truthOf(condition) !== true) return;
  if (condition.kind === 'atom') to.add(condition.atom);
  else if (condition.kind === 'named') addTrueAtoms(condition.variable.condition, evaluation, to);
  else for (const part of condition.parts) addTrueAtoms(part, evaluation, to);
}

/** The facts that leave a condition unknown; a known value may do so too (an amount that nobody gave). */
function missingFacts(
  condition: Condition,
  evaluation: Evaluation,
  facts: Facts,
  missing: FactDefinition[] = [],
): FactDefinition[] {
  if (evaluation.truthOf(condition) !== undefined) return missing;
  if (condition.kind === 'atom') addMissing(condition.atom, facts, missing);
  else if (condition.kind === 'named') missingFacts(condition.variable.condition, evaluation, facts, missing);
  else for (const part of condition.parts) missingFacts(part, evaluation, facts, missing);
  return missing;
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

function literalKind(missing: FactDefinition[]): OpenKind {
  const has = (...classes: FactClass[]) => missing.some((definition) => classes.includes(definition.class));
  if (has('private')) return 'private';
  if (has('symptom', 'context')) return 'asked';
  if (has('measured', 'observer')) return 'measured';
  return has('record') ? 'unread' : 'asked';
}

function kindOf(kinds: OpenKind[]): OpenKind {
  if (kinds.includes('private')) return 'private';
  if (kinds.includes('measured')) return 'measured';
  return kinds.includes('unread') ? 'unread' : 'asked';
}

function addDiscriminating(
  literal: Condition,
  alternative: Alternative,
  evaluation: Evaluation,
  facts: Facts,
  found: Atom[],
): void {
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
