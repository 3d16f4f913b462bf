/** PlanDefinition in plain R4 -> Plan. Whatever could not be honoured is reported, and the plan is refused. */

import { extensionText } from '../fhir/extensions.ts';
import type { PlanDefinition, PlanDefinitionAction } from '../fhir/types.ts';
import { compileActivity } from './compile-activity.ts';
import { readNames } from './compile-names.ts';
import type { Compiling, Report } from './compiling.ts';
import { readDynamicValues } from './dynamic-values.ts';
import { conditionOf } from './expressions.ts';
import type { Names, Plan, Query, Step } from './plan.ts';
import type { PlanSources } from './sources.ts';

/** Plans inside plans: deeper ones are nobody's any more (security/bar I5). */
const DEPTH_LIMIT = 3;

const PATIENT: Query = { key: 'patient', type: 'Patient', template: 'Patient/{{context.patientId}}' };
const ENCOUNTER: Query = { key: 'encounter', type: 'Encounter', template: 'Encounter/{{context.encounterId}}' };

/** Compiles a plan with those that it nests. */
export function compilePlan(plan: PlanDefinition, sources: PlanSources, report: Report): Plan {
  const queries = new Map([[PATIENT.template, PATIENT]]);
  const reads = new Set<string>();
  const { names, steps, firstMatch } = compileBody(plan, { sources, report, within: [], queries, reads });
  if (reads.has('encounter')) queries.set(ENCOUNTER.template, ENCOUNTER);
  const triggers = (plan.action ?? []).flatMap(({ trigger }) => trigger ?? []);
  const hooks = triggers.flatMap(({ type, name }) => (type === 'named-event' && name ? [name] : []));
  return {
    id: plan.id ?? '',
    url: plan.url ?? '',
    version: plan.version ?? '',
    effectiveUntil: plan.effectivePeriod?.end,
    title: plan.title ?? plan.name ?? plan.id ?? '',
    description: plan.description ?? plan.title ?? plan.name ?? '',
    publisher: plan.publisher || plan.title || plan.name || plan.id || 'PlanDefinition',
    definition: plan,
    hooks: [...new Set(hooks)],
    names,
    firstMatch,
    steps,
    queries: [...queries.values()],
  };
}

type Body = Pick<Plan, 'names' | 'steps' | 'firstMatch'>;

function compileBody(plan: PlanDefinition, outer: Compiling): Body {
  const context = { ...outer, within: [...outer.within, plan.url ?? ''] };
  const names = readNames(plan, [], undefined, plan, plan.id ?? 'PlanDefinition', context);
  const steps = (plan.action ?? []).map((action, at) => compileStep(action, names, `${at + 1}`, context));
  return { names, steps, firstMatch: isFirstMatch(plan) };
}

/** @param place numbers of the actions on the way here, for actions without an id */
function compileStep(action: PlanDefinitionAction, outer: Names, place: string, context: Compiling): Step {
  const id = action.id ?? action.prefix ?? `action ${place}`;
  const names = readNames(action, action.input ?? [], outer, outer.context, id, context);
  const target = definitionOf(action, id, context);
  const kind = target.activity?.definition.kind;
  return {
    id,
    action,
    names,
    conditions: (action.condition ?? [])
      .filter(({ kind }) => kind === 'applicability')
      .flatMap(({ expression }) => conditionOf(expression, names, id, context) ?? []),
    firstMatch: isFirstMatch(action),
    activity: target.activity,
    refersTo: target.refersTo,
    nestsPlan: target.steps.length > 0,
    dynamicValues: readDynamicValues(action.dynamicValue, kind, names, id, context),
    steps: [
      ...(action.action ?? []).map((child, at) => compileStep(child, names, `${place}.${at + 1}`, context)),
      ...target.steps,
    ],
  };
}

const isFirstMatch = (element: PlanDefinition | PlanDefinitionAction): boolean =>
  extensionText(element, 'cqf-applicabilityBehavior') === 'any';

type Target = { activity: Step['activity']; refersTo: string | undefined; steps: Step[] };
const NOTHING: Target = { activity: undefined, refersTo: undefined, steps: [] };

function definitionOf(action: PlanDefinitionAction, id: string, context: Compiling): Target {
  const canonical = action.definitionCanonical;
  if (canonical === undefined) return { ...NOTHING, refersTo: action.definitionUri };
  const { sources, report, within } = context;
  const url = canonical.split('|')[0] ?? '';
  const activity = sources.activities.get(url);
  if (activity) return { ...NOTHING, activity: compileActivity(activity, context) };
  const plan = sources.plans.get(url);
  if (plan) return { ...NOTHING, steps: nested(plan) };
  if (sources.questionnaires.has(url)) return { ...NOTHING, refersTo: canonical };
  report(id, `${canonical} is not among the knowledge files`);
  return NOTHING;

  function nested(inner: PlanDefinition): Step[] {
    const cycle = within.includes(url);
    if (!cycle && within.length < DEPTH_LIMIT) return [container(inner, id, context)];
    report(id, `${canonical} ${cycle ? 'comes back to itself' : `is more than ${DEPTH_LIMIT} plans deep`}`);
    return [];
  }
}

/** A nested plan: its names and its ladder are its own, not those of the action that calls it. */
function container(plan: PlanDefinition, id: string, context: Compiling): Step {
  return {
    ...compileBody(plan, context),
    id: plan.id ?? id,
    action: {},
    conditions: [],
    activity: undefined,
    refersTo: undefined,
    nestsPlan: false,
    dynamicValues: [],
  };
}
