/** Applied actions of a plan in plain R4 as nodes of a RequestGroup. */
import type { FhirResource, OperationOutcome } from '../fhir/types.ts';
import type { AppliedAction, PlanResult } from './apply-plan.ts';
import type { ActionNode, ApplyHeader } from './apply-result.ts';
import type { PlanData } from './plan-data.ts';
import { reasonsIn, titleOf } from './texts.ts';

/** What of an action R4 copies into the RequestGroup, beside texts. */
const COPIED = [
  'code',
  'documentation',
  'condition',
  'relatedAction',
  'timingDateTime',
  'timingAge',
  'timingPeriod',
  'timingDuration',
  'timingRange',
  'timingTiming',
  'type',
  'groupingBehavior',
  'selectionBehavior',
  'requiredBehavior',
  'precheckBehavior',
  'cardinalityBehavior',
] as const;

/** Actions as nodes. Containers stay: they carry the behaviour of their group. */
export function nodesOf(actions: AppliedAction[], data: PlanData): ActionNode[] {
  return actions.map((applied) => ({
    action: actionOf(applied),
    draft: applied.draft ?? taskFor(applied, data),
    nodes: nodesOf(applied.actions, data),
  }));
}

function actionOf({ step, texts, because, ...applied }: AppliedAction): ActionNode['action'] {
  const copied = COPIED.flatMap((name) =>
    step.action[name] === undefined ? [] : [[name, step.action[name]] as const],
  );
  const { prefix, description, textEquivalent, priority } = texts;
  const title =
    texts.title ??
    (step.action.id === undefined && !applied.draft ? undefined : titleOf({ step, texts, because, ...applied }));
  return {
    ...(step.action.id !== undefined && { id: step.action.id }),
    ...(prefix && { prefix }),
    ...(title && { title }),
    ...(description && { description }),
    ...(textEquivalent && { textEquivalent }),
    ...(priority && { priority }),
    ...Object.fromEntries(copied),
  };
}

/** A form, or whatever else is only referred to, is a task to deal with it. */
function taskFor(applied: AppliedAction, { patientId, moment }: PlanData): FhirResource | undefined {
  const { refersTo } = applied.step;
  if (refersTo === undefined) return undefined;
  return {
    resourceType: 'Task',
    status: 'draft',
    intent: 'proposal',
    description: titleOf(applied),
    focus: { reference: refersTo },
    for: { reference: `Patient/${patientId}` },
    authoredOn: new Date(moment.now).toISOString(),
  };
}

/** What stands around the actions. */
export function headerOf({ plan, actions, unevaluated, notUsed, unread }: PlanResult, data: PlanData): ApplyHeader {
  const issues: OperationOutcome['issue'] = [
    ...unevaluated.map(({ element, reason }) => issue('error', 'exception', `${element}: not evaluated: ${reason}`)),
    ...unread.map((type) => issue('warning', 'incomplete', `Could not be read: ${type}`)),
    ...notUsed.map(({ reference, reason }) =>
      issue('information', 'informational', `Not used: ${reference}: ${reason}`),
    ),
  ];
  return {
    canonical: plan.version ? `${plan.url}|${plan.version}` : plan.url,
    title: plan.title,
    description: plan.description,
    patientId: data.patientId,
    encounterId: data.encounterId,
    authoredOn: new Date(data.moment.now).toISOString(),
    evidence: [],
    notes: [...new Set(actions.flatMap(reasonsIn))],
    issues,
  };
}

type Issue = OperationOutcome['issue'][number];

const issue = (severity: Issue['severity'], code: Issue['code'], diagnostics: string): Issue => ({
  severity,
  code,
  diagnostics,
});
