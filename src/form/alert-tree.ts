/**
 * A condition as data that a page can evaluate without the service (ADR 0021): what the chart decides is decided, what
 * a question of the form decides becomes a test of its answer, everything else is unknown.
 */
import { discriminates } from '../decision/open-alternative.ts';
import type { Facts } from '../evidence/fact.ts';
import type { Atom, Condition } from '../knowledge/condition.ts';
import type { Evaluation, Truth } from '../knowledge/evaluate.ts';
import type { FactDefinition } from '../knowledge/fact-definition.ts';
import type { Alternative, Topic } from '../knowledge/topic.ts';

/** The answer of one question: codes that make it true or leave it unknown; every other code makes it false. */
type CodeTest = { yes: string[]; unsure: string[] };
/** A number that is compared. */
type NumberTest = { operator: '<' | '<=' | '>' | '>=' | '='; than: number };

/** `is: null` is unknown. */
export type AlertTree =
  | { is: boolean | null }
  | { all: AlertTree[] }
  | { any: AlertTree[] }
  | ({
      item: string;
      /** What the chart says while the question is not answered. */
      unanswered: boolean | null;
      /** True, it points to danger by itself. */
      danger: boolean;
    } & (CodeTest | NumberTest));

/** What the tree of one person is made from. */
export type TreeContext = {
  topic: Topic;
  /** Questions that the person may answer. */
  asked: ReadonlySet<string>;
  facts: Facts;
  evaluation: Evaluation;
};

/** The tree of an alternative, with everything folded that is decided. */
export function alertTree({ condition, discriminating }: Alternative, context: TreeContext): AlertTree {
  return treeOf(condition, new Set(discriminating), context);
}

function treeOf(condition: Condition, marked: ReadonlySet<string>, context: TreeContext): AlertTree {
  if (condition.kind === 'atom') return atomTree(condition.atom, marked, context);
  if (condition.kind === 'named') {
    const { name, condition: inner } = condition.variable;
    // A name that discriminates in this alternative does so through everything in it.
    return treeOf(inner, marked.has(name) ? new Set([...marked, ...condition.variable.reads]) : marked, context);
  }
  const parts = condition.parts.map((part) => treeOf(part, marked, context));
  return condition.kind === 'and' ? conjunction(parts) : disjunction(parts);
}

/** A false part decides; true parts say nothing. */
function conjunction(parts: AlertTree[]): AlertTree {
  if (parts.some((part) => isConstant(part, false))) return { is: false };
  const left = parts.filter((part) => !isConstant(part, true));
  return left.length === 1 && left[0] ? left[0] : left.length === 0 ? { is: true } : { all: left };
}

/** A true part does not decide: that a question answers it too is what the page has to know. */
function disjunction(parts: AlertTree[]): AlertTree {
  const left = parts.filter((part) => !isConstant(part, false));
  return left.length === 1 && left[0] ? left[0] : left.length === 0 ? { is: false } : { any: left };
}

const isConstant = (tree: AlertTree, truth: boolean): boolean => 'is' in tree && tree.is === truth;
const known = (truth: Truth): boolean | null => truth ?? null;

function atomTree(atom: Atom, marked: ReadonlySet<string>, context: TreeContext): AlertTree {
  const { topic, asked, facts, evaluation } = context;
  const now = known(evaluation.truthOf({ kind: 'atom', atom }));
  const questions = atom.reads.filter((name) => asked.has(name));
  if (questions.length === 0) return { is: now };
  const [name = ''] = questions;
  const definition = topic.factByName.get(name);
  const test = questions.length === 1 && atom.reads.length === 1 && definition && testOf(atom, definition, topic);
  // What compares several facts at once is left to the service.
  if (!definition || !test) return { is: null };
  const danger = marked.has(name) || discriminates(atom, facts);
  const own: AlertTree = { item: name, unanswered: now, danger, ...test };
  const setters = 'yes' in test && truthAt(atom, true, definition, topic) === true ? settersOf(name, context) : [];
  return setters.length === 0 ? own : disjunction([own, ...setters]);
}

/** Other answers may set this one, only ever to the positive (spec B.1). */
const settersOf = (name: string, context: TreeContext): AlertTree[] =>
  context.topic.setBy
    .filter(({ fact }) => fact.name === name)
    .map(({ condition }) => treeOf(condition, new Set(), context));

function testOf(atom: Atom, definition: FactDefinition, topic: Topic): CodeTest | NumberTest | undefined {
  if (definition.kind === 'number') return numberTest(atom);
  if (definition.options.length === 0) return undefined;
  const truths = definition.options.map(({ coding: { code = '' }, value }) => ({
    code,
    truth: value === undefined ? undefined : truthAt(atom, value, definition, topic),
  }));
  const codes = (wanted: Truth) => truths.filter(({ truth }) => truth === wanted).map(({ code }) => code);
  return { yes: codes(true), unsure: codes(undefined) };
}

/** The truth of an atom that reads one fact, if that fact had this value. */
function truthAt(atom: Atom, value: string | boolean, { name, kind }: FactDefinition, topic: Topic): Truth {
  const bound = kind === 'choices' ? [value] : value;
  const result = atom.evaluate(Object.assign(Object.create(topic.unknown), { [name]: bound }));
  return typeof result === 'boolean' ? result : undefined;
}

const OPERATORS: ReadonlySet<string> = new Set(['<', '<=', '>', '>=', '=']);

function numberTest({ leaf: { shape } }: Atom): NumberTest | undefined {
  if (shape.kind !== 'comparison' || shape.literal.type !== 'number' || !OPERATORS.has(shape.operator))
    return undefined;
  return { operator: shape.operator as NumberTest['operator'], than: Number(shape.literal.text) };
}
