/**
 * A plan applied to one patient: which actions apply, with what texts and drafts (`$apply`, R4). One expression that
 * fails leaves the others as they are, and is said.
 */
import { plainValue } from '../fhir/fhirpath.ts';
import type { FhirResource } from '../fhir/types.ts';
import { type Atom, atomsOf, type Condition } from '../knowledge/condition.ts';
import { draftOf } from './draft.ts';
import { evaluated, type Frame, openFrame, type Run, reasonFor, type Unevaluated } from './frame.ts';
import type { DynamicValue, Plan, Step } from './plan.ts';
import { type NotUsed, type PlanData, readQueries } from './plan-data.ts';
import { withValue } from './safe-path.ts';

/** The texts of an action, which expressions may set. */
type ActionTexts = {
  prefix?: string | undefined;
  title?: string | undefined;
  description?: string | undefined;
  textEquivalent?: string | undefined;
  priority?: 'routine' | 'urgent' | 'asap' | 'stat' | undefined;
};

/** An action that applies. */
export type AppliedAction = {
  step: Step;
  texts: ActionTexts;
  draft: FhirResource | undefined;
  /** What the true facts say on which it rests. */
  because: string[];
  actions: AppliedAction[];
};

/** An action of which nobody knows whether it applies. */
type NotAssessed = { step: Step; reasons: string[] };

export type PlanResult = {
  plan: Plan;
  actions: AppliedAction[];
  notAssessed: NotAssessed[];
  /** Every expression that failed, facts included. */
  unevaluated: Unevaluated[];
  notUsed: NotUsed[];
  unread: string[];
};

/** Applies a plan. */
export function applyPlan(plan: Plan, data: PlanData): PlanResult {
  const queries = readQueries(plan.queries, data);
  const run: Run = { plan, data, queries, unevaluated: [] };
  const notAssessed: NotAssessed[] = [];
  const actions = applyAll(plan, openFrame(plan.names, undefined, run));
  return { plan, actions, notAssessed, unevaluated: run.unevaluated, notUsed: queries.notUsed, unread: queries.unread };

  function applyAll({ steps, firstMatch, names }: Pick<Step, 'steps' | 'firstMatch' | 'names'>, frame: Frame) {
    const applied: AppliedAction[] = [];
    for (const step of steps) {
      const action = apply(step, step.names === names ? frame : openFrame(step.names, frameAround(step, frame), run));
      if (!action) continue;
      applied.push(action);
      if (firstMatch) break;
    }
    return applied;
  }

  /** Nothing of the parent reaches into a nested plan. */
  function frameAround(step: Step, frame: Frame): Frame | undefined {
    return step.names.outer ? frame : undefined;
  }

  function apply(step: Step, frame: Frame): AppliedAction | undefined {
    const truths = step.conditions.map((condition) => frame.evaluation.truthOf(condition));
    if (truths.includes(false)) return undefined;
    if (truths.includes(undefined)) {
      const reasons = reasonsOf(step.conditions, frame);
      if (reasons.length > 0) notAssessed.push({ step, reasons });
      run.unevaluated.push(...reasons.map((reason) => ({ element: step.id, expression: written(step), reason })));
      return undefined;
    }
    const actions = applyAll(step, frame);
    // A group of which nothing applies says nothing.
    if (step.steps.length > 0 && actions.length === 0 && !step.activity && step.refersTo === undefined)
      return undefined;
    return { step, actions, because: becauseOf(step.conditions, frame), ...textsAndDraft(step, frame, run) };
  }
}

const written = (step: Step): string =>
  (step.action.condition ?? [])
    .flatMap(({ kind, expression }) => (kind === 'applicability' ? (expression?.expression ?? []) : []))
    .join(' and ');

/** Why a condition is unknown where it is not the data that say so. */
function reasonsOf(conditions: Condition[], { evaluation, missing, values }: Frame): string[] {
  const failed = new Map(evaluation.failures.map(({ expression, reason }) => [expression, reason]));
  return conditions.flatMap(atomsOf).flatMap((atom) => {
    const reason = failed.get(atom.expression);
    if (reason === undefined) return [];
    const unbound = atom.reads.find((name) => !(name in values));
    return [unbound === undefined ? (reason.split('\n')[0] ?? '') : reasonFor(unbound, missing)];
  });
}

function becauseOf(conditions: Condition[], { evaluation, descriptions, values }: Frame): string[] {
  const isTrue = (atom: Atom) => evaluation.truthOf({ kind: 'atom', atom }) === true;
  const names = conditions
    .flatMap(atomsOf)
    .filter(isTrue)
    .flatMap(({ reads }) => reads);
  return [...new Set(names)].filter((name) => isThere(values[name])).flatMap((name) => descriptions.get(name) ?? []);
}

/** A fact that is false or empty is no reason. */
const isThere = (value: unknown): boolean => value !== false && !(Array.isArray(value) && value.length === 0);

function textsAndDraft(step: Step, frame: Frame, run: Run): Pick<AppliedAction, 'texts' | 'draft'> {
  const { prefix, title, description, textEquivalent, priority } = step.action;
  let texts: ActionTexts = { prefix, title, description, textEquivalent, priority };
  let draft = step.activity && draftOf(step.activity.definition, run.data, priority);
  const inner =
    step.activity && step.activity.dynamicValues.length > 0 && openFrame(step.activity.names, undefined, run);
  if (inner) for (const dynamic of step.activity?.dynamicValues ?? []) set(dynamic, inner);
  for (const dynamic of step.dynamicValues) set(dynamic, frame);
  return { texts, draft };

  function set(dynamic: DynamicValue, around: Frame): void {
    const outcome = evaluated(dynamic, around);
    const value = 'value' in outcome ? plainValue(outcome.value) : undefined;
    const reason = 'reason' in outcome ? outcome.reason : against(dynamic, value);
    if (reason !== undefined) {
      run.unevaluated.push({
        element: `${step.id}: ${dynamic.path.join('.')}`,
        expression: dynamic.expression,
        reason,
      });
    } else if (value !== undefined) {
      if (dynamic.onAction) texts = withValue(texts, dynamic.path, value) as ActionTexts;
      else if (draft) draft = withValue(draft, dynamic.path, value) as FhirResource;
    }
  }
}

const PRIORITIES: readonly unknown[] = ['routine', 'urgent', 'asap', 'stat'];

/** Why a value cannot be set; an empty one leaves what there is. */
function against({ onAction, path }: DynamicValue, value: unknown): string | undefined {
  if (value === undefined) return undefined;
  if (Array.isArray(value)) return 'the result is a list';
  if (!onAction) return undefined;
  if (path[0] === 'priority' && !PRIORITIES.includes(value)) return 'the result is no priority';
  return typeof value === 'string' ? undefined : 'the result is no text';
}
