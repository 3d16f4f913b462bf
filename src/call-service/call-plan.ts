/** The use case for a plan in plain R4: one hook call, from the EHR's request to one card for each action. */
import { withOverdueNote } from '../cards/overdue.ts';
import type { CdsResponse } from '../cds-hooks/card.ts';
import type { HookRequest } from '../cds-hooks/hook-request.ts';
import type { Service } from '../cds-hooks/service.ts';
import type { Moment } from '../evidence/chart.ts';
import type { ReadFhir } from '../fhir/read-fhir.ts';
import { applyPlan } from '../plan/apply-plan.ts';
import type { Plan } from '../plan/plan.ts';
import { planCards } from '../plan/plan-cards.ts';
import { gatherAnswers } from './gather-chart.ts';

export type PlanEnvironment = { moment: Moment; newUuid: () => string; readFhir?: ReadFhir | undefined };

/** Answers one hook call of a plan. @throws ServiceError `data-unavailable`, `wrong-patient` */
export async function callPlan(
  plan: Plan,
  request: HookRequest,
  { moment, newUuid, readFhir }: PlanEnvironment,
): Promise<CdsResponse> {
  const { patientId, encounterId } = request.context;
  const answers = await gatherAnswers(plan.queries, request, readFhir);
  const byKey = new Map(answers.map(({ need, resources, read }) => [need.key, { resources, read }]));
  const data = { patientId, encounterId, server: request.fhirServer, answers: byKey, parameters: {}, moment };
  return { cards: withOverdueNote(planCards(applyPlan(plan, data), newUuid), plan, moment) };
}

/** The discovery entries of a plan: one for each named event; prefetch is what its facts ask for. */
export function planServices({ id, title, description, hooks, queries }: Plan): Service[] {
  return hooks.map((hook) => ({
    id,
    hook,
    title,
    description,
    prefetch: Object.fromEntries(queries.map(({ key, template }) => [key, template])),
    usageRequirements:
      'Without prefetch the data are read from fhirServer, if its base is registered with this service.',
  }));
}
