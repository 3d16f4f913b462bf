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

const NOT_EVALUATED = 2;
const UNKNOWN = 3;

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
  const atoms = new Uint8Array(sizes.atoms).fill(NOT_EVALUATED);
  const variables = new Uint8Array(sizes.variables).fill(NOT_EVALUATED);
  const evaluated: Record<Stage, { atoms: number[]; variables: number[] }> = {
    facts: { atoms: [], variables: [] },
    gate: { atoms: [], variables: [] },
    decision: { atoms: [], variables: [] },
    order: { atoms: [], variables: [] },
  };
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
    const known = variables[variable.index];
    if (known !== undefined && known !== NOT_EVALUATED) return decode(known);
    const truth = truthOf(variable.condition);
    variables[variable.index] = encode(truth);
    evaluated[variable.stage].variables.push(variable.index);
    return truth;
  }

  function atomTruth(atom: Atom): Truth {
    const known = atoms[atom.index];
    if (known !== undefined && known !== NOT_EVALUATED) return decode(known);
    for (const variable of atom.variables) names[variable.name] = variableTruth(variable) ?? [];
    const truth = evaluateAtom(atom);
    atoms[atom.index] = encode(truth);
    evaluated[atom.stage].atoms.push(atom.index);
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
    for (let at = STAGES.indexOf(from); at < STAGES.length; at += 1) {
      const read = evaluated[STAGES[at] as Stage];
      forget(read.atoms, atoms);
      forget(read.variables, variables);
    }
  }

  return { truthOf, bind, failures };
}

function forget(read: number[], truths: Uint8Array): void {
  for (const index of read) truths[index] = NOT_EVALUATED;
  read.length = 0;
}

const encode = (truth: Truth): number => (truth === undefined ? UNKNOWN : truth ? 1 : 0);
const decode = (code: number): Truth => (code === UNKNOWN ? undefined : code === 1);
