/** Conditions as trees of atoms and named literals (spec 0.3; design/architecture section 2). */
import type { Closure } from '../fhir/closure-values.ts';
import { compileClosure } from '../fhir/closures.ts';
import { type ExpressionTree, type Leaf, type ParsedLeaf, splitExpression } from '../fhir/expression-tree.ts';

import { STAGES, type Stage, stageOf } from './names.ts';

/** The smallest condition: evaluated at most once a request, shared by everything that contains it. */
export type Atom = {
  /** Place in the topic's list of atoms. */
  index: number;
  expression: string;
  leaf: Leaf;
  /** A single truth, or undefined = unknown; anything else is a fault. */
  evaluate: Closure;
  /** Variables read by value inside the atom. */
  variables: Variable[];
  /** Items and engine names read, also through variables. */
  reads: string[];
  /** The latest stage of the names it reads. */
  stage: Stage;
};

export type Condition =
  | { kind: 'atom'; atom: Atom }
  | { kind: 'named'; variable: Variable }
  | { kind: 'and' | 'or'; parts: Condition[] };

/** A boolean derived fact, kept visible as a named literal wherever it is used bare. */
export type Variable = {
  index: number;
  name: string;
  description: string;
  expression: string;
  condition: Condition;
  reads: string[];
  stage: Stage;
};

/** What an expression may refer to, and the atoms compiled so far. */
export type Scope = {
  atoms: Map<string, Atom>;
  variables: Map<string, Variable>;
  count: number;
  /** Facts of a draft order: bound anew for each draft. */
  orderFacts: ReadonlySet<string>;
};

export const emptyScope = (orderFacts: ReadonlySet<string> = new Set()): Scope => ({
  atoms: new Map(),
  variables: new Map(),
  count: 0,
  orderFacts,
});

/**
 * Compiles a condition; each distinct atom once.
 * @throws Error when it does not parse
 */
export function compileCondition(expression: string, scope: Scope): Condition {
  return fromTree(splitExpression(expression), scope);
}

/** Compiles a variable and makes it known to what follows. */
export function defineVariable(
  { name, description, expression }: { name: string; description: string; expression: string },
  scope: Scope,
): Variable {
  const condition = compileCondition(expression, scope);
  const atoms = atomsOf(condition);
  const variable: Variable = {
    index: scope.count,
    name,
    description,
    expression,
    condition,
    reads: unique(atoms.flatMap(({ reads }) => reads)),
    stage: latest(atoms.map(({ stage }) => stage)),
  };
  scope.count += 1;
  scope.variables.set(name, variable);
  return variable;
}

/** All atoms of a condition, through named literals. */
export function atomsOf(condition: Condition): Atom[] {
  if (condition.kind === 'atom') return [condition.atom];
  if (condition.kind === 'named') return atomsOf(condition.variable.condition);
  return condition.parts.flatMap(atomsOf);
}

/** The top-level conjuncts of a condition: the literals of an alternative. */
export function literalsOf(condition: Condition): Condition[] {
  return condition.kind === 'and' ? condition.parts : [condition];
}

function fromTree(tree: ExpressionTree, scope: Scope): Condition {
  if (tree.kind !== 'leaf') return { kind: tree.kind, parts: tree.parts.map((part) => fromTree(part, scope)) };
  const variable = tree.shape.kind === 'name' ? scope.variables.get(tree.shape.name) : undefined;
  return variable ? { kind: 'named', variable } : { kind: 'atom', atom: atomOf(tree, scope) };
}

function atomOf({ node, ...leaf }: ParsedLeaf, scope: Scope): Atom {
  const known = scope.atoms.get(leaf.text);
  if (known) return known;
  const variables = leaf.names.flatMap((name) => scope.variables.get(name) ?? []);
  const direct = leaf.names.filter((name) => !scope.variables.has(name));
  const atom: Atom = {
    index: scope.atoms.size,
    expression: leaf.text,
    leaf,
    evaluate: compileClosure(leaf.text, node),
    variables,
    reads: unique([...direct, ...variables.flatMap(({ reads }) => reads)]),
    stage: latest([
      ...direct.map((name) => (scope.orderFacts.has(name) ? 'order' : stageOf(name))),
      ...variables.map(({ stage }) => stage),
    ]),
  };
  scope.atoms.set(leaf.text, atom);
  return atom;
}

const latest = (stages: Stage[]): Stage => STAGES.findLast((stage) => stages.includes(stage)) ?? 'facts';
const unique = (names: string[]): string[] => [...new Set(names)];
