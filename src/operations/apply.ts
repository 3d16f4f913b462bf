/** `PlanDefinition/$apply`, for every plan that is served, and `ActivityDefinition/$apply` (R4; CPG). */
import { assess, type PreparedTopic } from '../call-service.ts';
import type { CardContext } from '../cards/card-context.ts';
import { findingsByLevel } from '../cards/selection.ts';
import { ServiceError } from '../errors.ts';
import type { FhirResource, OperationOutcome, PlanDefinition } from '../fhir/types.ts';
import { answersFrom } from '../plan/answer-from-data.ts';
import { applyPlan } from '../plan/apply-plan.ts';
import { type ActionNode, type ApplyHeader, bundleOf, carePlanOf } from '../plan/apply-result.ts';
import { compilePlan } from '../plan/compile-plan.ts';
import type { Plan } from '../plan/plan.ts';
import { headerOf, nodesOf } from '../plan/plan-as-fhir.ts';
import type { PlanData } from '../plan/plan-data.ts';
import { type ApplyInput, applyInput } from './apply-input.ts';
import { decisionNodes, evidenceOf } from './decision-nodes.ts';
import type { OperationCall } from './operation.ts';
import { textGiven } from './parameters.ts';
import { planNamed, refuseInline } from './plan-named.ts';

type Applied = { header: ApplyHeader; nodes: ActionNode[] };

/** R4: a CarePlan. @throws ServiceError `bad-request`, `unknown-resource`, `wrong-patient`, `refused` */
export function applyOperation(call: OperationCall): FhirResource {
  const { header, nodes } = applied(call);
  return carePlanOf(header, nodes);
}

/** CPG: a Bundle. @throws ServiceError as `applyOperation` */
export function applyAsBundle(call: OperationCall): FhirResource {
  const { header, nodes } = applied(call);
  return bundleOf(header, nodes, call.newUuid);
}

/** The draft of an activity. @throws ServiceError as `applyOperation` */
export function applyActivity(call: OperationCall): FhirResource {
  const { id, given, served } = call;
  refuseInline(call, 'activityDefinition');
  const canonical = textGiven(given, 'url')?.split('|')[0];
  const activities = served.library.all('ActivityDefinition');
  const activity = activities.find((one) => (id === undefined ? one.url === canonical : one.id === id));
  if (activity?.resourceType !== 'ActivityDefinition') {
    throw new ServiceError('unknown-resource', 'There is no such activity');
  }
  const url = activity.url ?? '';
  const around: PlanDefinition = {
    resourceType: 'PlanDefinition',
    status: 'active',
    url: `${url}#plan`,
    action: [{ definitionCanonical: url }],
  };
  const faults: string[] = [];
  const none = new Map<string, never>();
  const sources = { plans: none, questionnaires: none, valueSets: none, activities: new Map([[url, activity]]) };
  const plan = compilePlan(around, sources, (element, reason) => faults.push(`${element}: ${reason}`));
  if (faults.length > 0) throw new ServiceError('refused', 'The activity cannot be applied', faults);
  const result = applyPlan(plan, planData(plan, applyInput(call), call.moment));
  const [made] = result.actions;
  if (!made?.draft || result.unevaluated.length > 0) {
    const details = result.unevaluated.map(({ element, reason }) => `${element}: ${reason}`);
    throw new ServiceError('refused', 'The activity could not be evaluated with these data', details);
  }
  return made.draft;
}

function applied(call: OperationCall): Applied {
  const { plan, prepared } = planNamed(call);
  return plan ? appliedPlan(plan, applyInput(call), call) : appliedTopic(prepared, applyInput(call), call);
}

function appliedPlan(plan: Plan, input: ApplyInput, call: OperationCall): Applied {
  const data = planData(plan, input, call.moment);
  const result = applyPlan(plan, data);
  return { header: headerOf(result, data), nodes: nodesOf(result.actions, data) };
}

/** What is known, as the queries of a plan ask for it. */
export function planData(plan: Plan, input: ApplyInput, moment: OperationCall['moment']): PlanData {
  const { patientId, encounterId, parameters } = input;
  const answers = answersFrom(plan.queries, { ...input, zone: moment.zone });
  for (const [key, answer] of input.prefetched) answers.set(key, answer);
  return { patientId, encounterId, answers, parameters, moment };
}

/** The same core as the hooks; what is confidential is left to `$assess`, which marks it as restricted. */
function appliedTopic({ topic, ...prepared }: PreparedTopic, input: ApplyInput, call: OperationCall): Applied {
  const { moment, settings, newUuid, strict } = call;
  const { patientId, encounterId, resources, complete } = input;
  const decision = assess({ topic, ...prepared }, { patientId, encounterId, resources, read: complete }, moment, {
    strict,
  });
  const contact: CardContext['contact'] = { hook: '', resolutionsUnread: false, pending: [] };
  const findings = decision.silent ? [] : findingsByLevel(topic, decision.results);
  const context: CardContext = {
    topic,
    decision,
    contact,
    moment,
    settings,
    patientId,
    encounterId,
    newUuid,
    findings,
  };
  const issue = (severity: 'error' | 'warning', code: 'exception' | 'incomplete', diagnostics: string) => ({
    severity,
    code,
    diagnostics,
  });
  const issues: OperationOutcome['issue'] = [
    ...decision.failures.map(({ expression }) => issue('error', 'exception', `Not evaluated: ${expression}`)),
    ...decision.evidence.unread.map((type) => issue('warning', 'incomplete', `Could not be read: ${type}`)),
  ];
  const header: ApplyHeader = {
    canonical: `${topic.url}|${topic.version}`,
    title: topic.title,
    description: topic.description,
    patientId,
    encounterId,
    authoredOn: new Date(moment.now).toISOString(),
    evidence: evidenceOf(context),
    notes: [],
    issues,
  };
  return { header, nodes: decisionNodes(context) };
}
