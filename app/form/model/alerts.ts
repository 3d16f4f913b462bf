/** What an answer means at once, without the service: three-valued, over the trees that it gave (ADR 0021). */
import type { Answers } from './answers.ts';

type Test = { item: string; unanswered: boolean | null; danger: boolean } & (
  | { yes: string[]; unsure: string[] }
  | { operator: string; than: number }
);
type AlertTree = { is: boolean | null } | { all: AlertTree[] } | { any: AlertTree[] } | Test;
export type Told = { text: string; lang?: string };
export type Alert = { rule: string; tell: Told[]; alternatives: AlertTree[] };

/** `now`: the rule holds. `maybe`: only what this form cannot find out is missing, and something in it is a danger. */
export type Raised = { alert: Alert; kind: 'now' | 'maybe' };

/** @param pending questions that are still to come: nothing is said for want of their answers */
export function raisedBy(alerts: readonly Alert[], answers: Answers, pending: ReadonlySet<string>): Raised[] {
  const raised = alerts.flatMap((alert): Raised[] => {
    const found = alert.alternatives.map((tree) => read(tree, answers, pending));
    if (found.some(({ truth, answered }) => truth === true && answered)) return [{ alert, kind: 'now' }];
    const isOpen = found.some(({ truth, danger, missing }) => truth === null && danger && missing === 'answer');
    return isOpen ? [{ alert, kind: 'maybe' }] : [];
  });
  return [...raised.filter(({ kind }) => kind === 'now'), ...raised.filter(({ kind }) => kind === 'maybe')];
}

type Reading = {
  truth: boolean | null;
  /** An answer of hers makes it true. */
  answered: boolean;
  /** The same, and that alone points to danger. */
  danger: boolean;
  /** What it is unknown for want of: a question still to come, a measurement, or an answer that she does not know. */
  missing: 'nothing' | 'pending' | 'measurement' | 'answer';
};

function read(tree: AlertTree, answers: Answers, pending: ReadonlySet<string>): Reading {
  if ('is' in tree) return leaf(tree.is, tree.is === null ? 'measurement' : 'nothing');
  if ('item' in tree) return test(tree, answers, pending);
  const parts = ('all' in tree ? tree.all : tree.any).map((part) => read(part, answers, pending));
  return 'all' in tree ? conjunction(parts) : disjunction(parts);
}

const leaf = (truth: Reading['truth'], missing: Reading['missing']): Reading => ({
  truth,
  answered: false,
  danger: false,
  missing,
});

function test(tree: Test, answers: Answers, pending: ReadonlySet<string>): Reading {
  const given = answers.get(tree.item);
  if (!given) {
    const truth = tree.unanswered;
    return leaf(truth, truth !== null ? 'nothing' : pending.has(tree.item) ? 'pending' : 'answer');
  }
  const truth = 'yes' in tree ? byCode(given, tree) : byNumber(given[0], tree);
  return {
    truth,
    answered: truth === true,
    danger: truth === true && tree.danger,
    missing: truth === null ? 'answer' : 'nothing',
  };
}

function byCode(given: readonly unknown[], { yes, unsure }: { yes: string[]; unsure: string[] }): boolean | null {
  if (given.some((code) => yes.includes(String(code)))) return true;
  return given.some((code) => unsure.includes(String(code))) ? null : false;
}

function byNumber(given: unknown, { operator, than }: { operator: string; than: number }): boolean | null {
  if (typeof given !== 'number') return null;
  const holds: Record<string, boolean> = {
    '<': given < than,
    '<=': given <= than,
    '>': given > than,
    '>=': given >= than,
    '=': given === than,
  };
  return holds[operator] ?? null;
}

/** What is certain of it points to danger while the whole is unknown (spec 0.3-5). */
function conjunction(parts: Reading[]): Reading {
  if (parts.some(({ truth }) => truth === false)) return leaf(false, 'nothing');
  const unknown = parts.filter(({ truth }) => truth === null);
  const certain = parts.filter(({ truth }) => truth === true);
  const order: Reading['missing'][] = ['pending', 'measurement', 'answer'];
  return {
    truth: unknown.length > 0 ? null : true,
    answered: parts.some(({ answered }) => answered),
    danger: certain.some(({ danger }) => danger),
    missing: order.find((why) => unknown.some(({ missing }) => missing === why)) ?? 'nothing',
  };
}

/** An open choice is for want of an answer if an answer could decide it (spec 0.3-5). */
function disjunction(parts: Reading[]): Reading {
  const certain = parts.filter(({ truth }) => truth === true);
  if (certain.length > 0) {
    const [answered, danger] = [certain.some((one) => one.answered), certain.some((one) => one.danger)];
    return { truth: true, answered, danger, missing: 'nothing' };
  }
  const unknown = parts.filter(({ truth }) => truth === null);
  if (unknown.length === 0) return leaf(false, 'nothing');
  const order: Reading['missing'][] = ['pending', 'answer', 'measurement'];
  return {
    truth: null,
    answered: false,
    danger: false,
    missing: order.find((why) => unknown.some(({ missing }) => missing === why)) ?? 'nothing',
  };
}
