/** Every name that an expression reads is known at its place. */
import { type Atom, atomsOf, type Condition } from '../condition.ts';
import { CONTEXT_NAMES, DECISION_NAMES, GATE_DEPENDENT } from '../names.ts';
import type { Problem } from '../sources.ts';
import { allAtoms, type Known, ownAtoms, type Place, placesOf } from './places.ts';
import { problems, type Subject } from './subject.ts';

const CONTEXT: ReadonlySet<string> = new Set(CONTEXT_NAMES);
const DECISION: ReadonlySet<string> = new Set(DECISION_NAMES);

/** Findings about names that are unknown, not yet defined, or not available where they are read. */
export function unknownNames(subject: Subject): Problem[] {
  return placesOf(subject).flatMap((place) => {
    const reasons = [
      ...ownAtoms(place.condition).flatMap((atom) => undefinedNames(atom, subject)),
      ...unavailable(place, subject),
    ];
    return problems(place.file, place.element, [...new Set(reasons)]);
  });
}

function undefinedNames(atom: Atom, { topic }: Subject): string[] {
  const defined = new Set([...atom.variables, ...topic.siteSettings].map(({ name }) => name));
  return atom.leaf.names
    .filter((name) => !topic.factByName.has(name) && !CONTEXT.has(name) && !DECISION.has(name) && !defined.has(name))
    .map((name) => {
      const later = topic.variableByName.has(name);
      return later
        ? `\`%${name}\` is not yet defined here: order matters`
        : `\`%${name}\` is no item, variable or name of the engine`;
    });
}

function unavailable({ condition, known }: Place, { topic }: Subject): string[] {
  if (known === 'everything') return [];
  if (known === 'facts') {
    const set = new Set(topic.setBy.map(({ fact }) => fact.name));
    return beyondFacts(condition, (name) => topic.factByName.has(name) && !set.has(name));
  }
  const read = new Set(allAtoms(condition).flatMap(({ reads }) => reads));
  return [...read].flatMap((name) => {
    if (DECISION.has(name)) return [`reads \`%${name}\`, which ${REASONS[known]}`];
    return known === 'before-gate' && GATE_DEPENDENT.has(name) ? [`reads \`%${name}\`, which ${REASONS[known]}`] : [];
  });
}

const REASONS: Record<Exclude<Known, 'everything' | 'facts'>, string> = {
  'before-gate': 'is not known yet: this variable decides on the gate',
  'before-rules': 'is not known yet: this is evaluated before the rules',
  urgent: 'a rule of a group with `raise-when-open` may not depend on: the decision is made of these rules',
};

/** `set-by` is evaluated once, over facts alone, as they are before anything is set. */
function beyondFacts(condition: Condition, isFact: (name: string) => boolean): string[] {
  if (condition.kind === 'named')
    return [`reads the variable \`%${condition.variable.name}\`: \`set-by\` reads facts only`];
  if (condition.kind !== 'atom') return condition.parts.flatMap((part) => beyondFacts(part, isFact));
  const names = atomsOf(condition).flatMap(({ leaf }) => leaf.names);
  return names
    .filter((name) => !isFact(name))
    .map((name) => `reads \`%${name}\`: \`set-by\` reads facts only, and none that is set itself`);
}
