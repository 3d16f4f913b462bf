/**
 * A plan that comes with a request: only where the site allows it, and then apart from everything else. The job is plain
 * data, so that it can be done in another thread.
 */
import { ServiceError } from '../errors.ts';
import type { FhirResource, PlanDefinition } from '../fhir/types.ts';
import { applyPlan } from '../plan/apply-plan.ts';
import { bundleOf, carePlanOf } from '../plan/apply-result.ts';
import { checkPlans } from '../plan/compile-plans.ts';
import { headerOf, nodesOf } from '../plan/plan-as-fhir.ts';
import { planData } from './apply.ts';
import { type ApplyInput, applyInput } from './apply-input.ts';
import type { OperationCall } from './operation.ts';
import { resourcesGiven } from './parameters.ts';

export type InlineJob = { plan: PlanDefinition; input: ApplyInput; moment: OperationCall['moment']; asBundle: boolean };

/** The job of a request that brings its plan; undefined when it brings none. @throws ServiceError as `$apply` */
export function inlineJob(call: OperationCall, code: string): InlineJob | undefined {
  const [plan] = resourcesGiven(call.given, 'planDefinition');
  if (plan?.resourceType !== 'PlanDefinition') return undefined;
  return { plan, input: applyInput(call), moment: call.moment, asBundle: code !== 'apply' };
}

/** Checks the plan as one in a file is checked, and applies it. @throws ServiceError `refused` */
export function runInline({ plan, input, moment, asBundle }: InlineJob, newUuid: () => string): FhirResource {
  const { plans, problems } = checkPlans([{ file: 'planDefinition', resource: plan }]);
  const [compiled] = plans;
  if (problems.length > 0 || !compiled) {
    const details = problems.map(({ element, reason }) => `${element}: ${reason}`);
    throw new ServiceError(
      'refused',
      'The plan is refused',
      compiled ? details : ['it has level groups, or no actions'],
    );
  }
  const data = planData(compiled, input, moment);
  const result = applyPlan(compiled, data);
  const nodes = nodesOf(result.actions, data);
  const header = headerOf(result, data);
  return asBundle ? bundleOf(header, nodes, newUuid) : carePlanOf(header, nodes);
}
