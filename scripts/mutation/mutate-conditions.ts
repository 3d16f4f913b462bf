/** Mutations of conditions: the texts of their atoms, their connectives and their parts. */
import { compileClosure } from '../../src/fhir/closures.ts';
import { type Atom, type Condition, literalsOf } from '../../src/knowledge/condition.ts';
import type { Alternative, Topic } from '../../src/knowledge/topic.ts';
import { type Mutant, replacing } from './mutant.ts';
import { mutateExpression } from './mutate-expression.ts';

/** Each atom with each of its texts; an atom is shared by all that read it. */
export function atomMutants(topic: Topic, rulesOf: (atom: Atom) => string[]): Mutant[] {
  return topic.atoms.flatMap((atom) =>
    mutateExpression(atom.expression).map(({ text, what }) => ({
      id: `atom ${atom.expression}: ${what}`,
      rules: rulesOf(atom),
      apply: replacing(atom, 'evaluate', compileClosure(text)),
    })),
  );
}

/** A place that holds a condition. */
export type Place = { name: string; rules: string[]; condition: Condition; put: (condition: Condition) => void };

/** A place in an alternative: its literals follow its condition. */
export const placeOf = (alternative: Alternative, rule: string): Place => ({
  name: `${rule} ${alternative.id}`,
  rules: [rule],
  condition: alternative.condition,
  put: (condition) => {
    alternative.condition = condition;
    alternative.literals = literalsOf(condition);
  },
});

/** Every connective swapped, every part left out. */
export function conditionMutants(place: Place): Mutant[] {
  const { name, rules, condition, put } = place;
  return changed(condition).map(({ what, condition: mutated }) => ({
    id: `${name}: ${what}`,
    rules,
    apply: () => {
      put(mutated);
      return () => put(condition);
    },
  }));
}

type Changed = { what: string; condition: Condition };

function changed(condition: Condition): Changed[] {
  if (condition.kind !== 'and' && condition.kind !== 'or') return [];
  const { kind, parts } = condition;
  const other = kind === 'and' ? 'or' : 'and';
  const here: Changed[] = [
    { what: `${kind} -> ${other}: ${shown(condition)}`, condition: { kind: other, parts } },
    ...parts.map((part, at) => ({ what: `without ${shown(part)} (${at + 1})`, condition: without(condition, at) })),
  ];
  const inside = parts.flatMap((part, at) =>
    changed(part).map(({ what, condition: mutated }) => ({
      what: `${at + 1}/${what}`,
      condition: { kind, parts: parts.with(at, mutated) },
    })),
  );
  return [...here, ...inside];
}

function without({ kind, parts }: Extract<Condition, { parts: Condition[] }>, at: number): Condition {
  const left = parts.toSpliced(at, 1);
  const [only] = left;
  return left.length === 1 && only ? only : { kind, parts: left };
}

function shown(condition: Condition): string {
  if (condition.kind === 'atom') return condition.atom.expression;
  if (condition.kind === 'named') return `%${condition.variable.name}`;
  return `(${condition.parts.map(shown).join(` ${condition.kind} `)})`;
}
