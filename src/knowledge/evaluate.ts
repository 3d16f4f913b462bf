/** Three-valued evaluation of conditions: each atom at most once, combined by Kleene logic (spec 0.3-2). */
import type { Bindings } from '../fhir/fhirpath.ts';
import type { Atom, Condition, Variable } from './condition.ts';
import { STAGES, type Stage } from './names.ts';

/** true, false, or undefined = unknown. */
export type Truth = boolean | undefined;

export type Failure = { expression: string; reason: string };

/** The conditions of one request, evaluated lazily over one set of bindings. */
export type Evaluation = {
  truthOf(condition: Condition): Truth;
  /** Binds names of a stage; forgets what was read at this stage or later. */
  bind(stage: Stage, changed: Bindings): void;
  /** Expressions that failed; each counts as unknown and is said on a card. */
  failures: Failure[];
};

const UNKNOWN = 2;
/** A truth that is kept is four times the number of the round in which it was found, and a code. */
const ROUND = 4;

/**
 * @param names every name that any atom reads, inherited ones included; unknown is `[]`. Owned by the evaluation
 * @param partial multiple-choice facts of which only some options are known: their other options are unknown
 * @param sizes how many atoms and variables the topic has
 */
export function createEvaluation(
  names: Bindings,
  partial: ReadonlySet<string>,
  sizes: { atoms: number; variables: number },
): Evaluation {
  // Plain lists: typed arrays of this length live outside of the heap, which costs more than all that is kept in them.
  const atoms: number[] = new Array(sizes.atoms).fill(0);
  const variables: number[] = new Array(sizes.variables).fill(0);
  /** A truth of an earlier round of its stage is forgotten. */
  const rounds: Record<Stage, number> = { facts: 1, gate: 1, decision: 1, order: 1 };
  const failures: Failure[] = [];

  function truthOf(condition: Condition): Truth {
    if (condition.kind === 'atom') return atomTruth(condition.atom);
    if (condition.kind === 'named') return variableTruth(condition.variable);
    return condition.kind === 'and' ? conjunction(condition.parts) : disjunction(condition.parts);
  }

  function conjunction(parts: Condition[]): Truth {
    let truth: Truth = true;
    for (const part of parts) {
      const found = truthOf(part);
      if (found === false) return false;
      if (found === undefined) truth = undefined;
    }
    return truth;
  }

  function disjunction(parts: Condition[]): Truth {
    let truth: Truth = false;
    for (const part of parts) {
      const found = truthOf(part);
      if (found === true) return true;
      if (found === undefined) truth = undefined;
    }
    return truth;
  }

  function variableTruth(variable: Variable): Truth {
    const known = variables[variable.index] as number;
    const round = rounds[variable.stage];
    if (known >= round * ROUND) return decode(known);
    const truth = truthOf(variable.condition);
    variables[variable.index] = round * ROUND + encode(truth);
    return truth;
  }

  function atomTruth(atom: Atom): Truth {
    const known = atoms[atom.index] as number;
    const round = rounds[atom.stage];
    if (known >= round * ROUND) return decode(known);
    for (const variable of atom.variables) names[variable.name] = variableTruth(variable) ?? [];
    const truth = evaluateAtom(atom);
    atoms[atom.index] = round * ROUND + encode(truth);
    return truth;
  }

  function evaluateAtom(atom: Atom): Truth {
    try {
      const value = atom.evaluate(names);
      if (value === undefined) return undefined;
      if (typeof value !== 'boolean') throw new Error('the result is not a single boolean');
      const { shape } = atom.leaf;
      return !value && shape.kind === 'option' && partial.has(shape.name) ? undefined : value;
    } catch (error) {
      failures.push({
        expression: atom.expression,
        reason: error instanceof Error ? error.message : 'unknown failure',
      });
      return undefined;
    }
  }

  function bind(from: Stage, changed: Bindings): void {
    Object.assign(names, changed);
    for (let at = STAGES.indexOf(from); at < STAGES.length; at += 1) rounds[STAGES[at] as Stage] += 1;
  }

  return { truthOf, bind, failures };
}

const encode = (truth: Truth): number => (truth === undefined ? UNKNOWN : truth ? 1 : 0);

function decode(kept: number): Truth {
  const code = kept % ROUND;
  return code === UNKNOWN ? undefined : code === 1;
}
