/** Mutations of conditions: the texts of their atoms, their connectives and their parts. */
import type { Closure } from '../../src/fhir/closure-values.ts';
import { compileClosure } from '../../src/fhir/closures.ts';
import type { Atom, Condition } from '../../src/knowledge/condition.ts';
import { truthByGate } from './by-gate.ts';
import { type Mutant, replacing, type Seen } from './mutant.ts';
import { mutateExpression } from './mutate-expression.ts';
import type { Place } from './places.ts';
import { shown } from './show-condition.ts';
import type { Reading } from './watch-atoms.ts';
import { whereOther } from './where-other.ts';

/** Each atom with each of its texts; an atom is shared by all that read it. */
export function atomMutants(atoms: Atom[], rulesOf: (atom: Atom) => string[]): Mutant[] {
  return atoms.flatMap((atom) =>
    mutateExpression(atom.expression).map(({ text, what }) => {
      const changed = compileClosure(text);
      return {
        id: `atom ${atom.expression}: ${what}`,
        rules: rulesOf(atom),
        reaches: ({ readings }: Seen) => readings.get(atom)?.some((reading) => isOther(changed, reading)) ?? false,
        apply: replacing(atom, 'evaluate', changed),
      };
    }),
  );
}

function isOther(changed: Closure, { names, value }: Reading): boolean {
  try {
    return changed(names) !== value;
  } catch {
    return true;
  }
}

/** Every connective swapped, every part left out. */
export function conditionMutants(place: Place): Mutant[] {
  const { name, rules, condition, put, shownIn = () => true } = place;
  return changed(condition).map(({ what, condition: mutated, left }) => {
    const isOtherIn = whereOther(place, mutated);
    return {
      id: `${name}: ${what}`,
      rules,
      isSame:
        left !== undefined &&
        place.runsIn.length > 0 &&
        place.runsIn.every((gates) => truthByGate(left, gates) === true),
      reaches: (seen) => shownIn(seen) && isOtherIn(seen),
      apply: () => {
        put(mutated);
        return () => put(condition);
      },
    };
  });
}

/** `left`: the part of a conjunction that was left out. */
type Changed = { what: string; condition: Condition; left?: Condition | undefined };

function changed(condition: Condition): Changed[] {
  if (condition.kind !== 'and' && condition.kind !== 'or') return [];
  const { kind, parts } = condition;
  const other = kind === 'and' ? 'or' : 'and';
  const here: Changed[] = [
    { what: `${kind} -> ${other}: ${shown(condition)}`, condition: { kind: other, parts } },
    ...parts.map((part, at) => ({
      what: `without ${shown(part)} (${at + 1})`,
      condition: without(condition, at),
      left: kind === 'and' ? part : undefined,
    })),
  ];
  const inside = parts.flatMap((part, at) =>
    changed(part).map(({ what, condition: mutated, left }) => ({
      what: `${at + 1}/${what}`,
      left,
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
