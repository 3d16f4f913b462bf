/** The use case: one hook call, from the EHR's request to cards. */
import { type DataNeed, dataNeeds } from './call-service/data-needs.ts';
import { gatherChart } from './call-service/gather-chart.ts';
import { gatherDrafts } from './call-service/gather-drafts.ts';
import { buildCards } from './cards/build-cards.ts';
import type { CardSettings } from './cards/card-context.ts';
import { buildOrderCards } from './cards/order-cards.ts';
import type { CdsResponse } from './cds-hooks/card.ts';
import { ORDER_HOOKS } from './cds-hooks/draft-orders.ts';
import type { HookRequest } from './cds-hooks/hook-request.ts';
import type { Service } from './cds-hooks/service.ts';
import { decide } from './decision/decide.ts';
import { decideOrders } from './decision/decide-orders.ts';
import type { Decision } from './decision/decision.ts';
import type { Chart, Moment } from './evidence/chart.ts';
import { prepareEvidence, type ReadEvidence } from './evidence/read-evidence.ts';
import type { ReadFhir } from './fhir/read-fhir.ts';
import { type SiteCodes, withSiteCodes } from './knowledge/site-codes.ts';
import type { Topic } from './knowledge/topic.ts';
import { readPregnancy } from './pregnancy/read-pregnancy.ts';

/** A topic ready to be called; prepared once at start. */
export type PreparedTopic = { topic: Topic; needs: DataNeed[]; readEvidence: ReadEvidence };

/** What the outside gives to a call. */
export type CallEnvironment = {
  moment: Moment;
  settings: CardSettings;
  newUuid: () => string;
  /** Absent when no FHIR server may be asked. */
  readFhir?: ReadFhir | undefined;
};

/** Prepares a topic. @param siteCodes what the site adds to the ValueSets of orders */
export function prepareTopic(topic: Topic, siteCodes: SiteCodes = {}): PreparedTopic {
  const needs = dataNeeds(topic);
  return {
    topic: { ...topic, orderTerms: withSiteCodes(topic.orderTerms, siteCodes) },
    needs,
    readEvidence: prepareEvidence(
      topic,
      needs.map(({ type }) => type),
    ),
  };
}

/** Answers one hook call. @throws ServiceError `data-unavailable`, `wrong-patient` */
export async function callService(
  prepared: PreparedTopic,
  request: HookRequest,
  { moment, settings, newUuid, readFhir }: CallEnvironment,
): Promise<CdsResponse> {
  const { topic } = prepared;
  const chart = await gatherChart(prepared.needs, request, readFhir);
  const decision = assess(prepared, chart, moment);
  const { patientId, encounterId } = request.context;
  const input = { topic, decision, moment, settings, patientId, encounterId, newUuid };
  if (!ORDER_HOOKS.has(request.hook)) return { cards: buildCards(input) };
  const { drafts, unreadable } = await gatherDrafts(request, chart, topic.orderTerms, readFhir);
  return { cards: buildOrderCards(input, decideOrders(topic, decision, drafts, moment), unreadable) };
}

/** Chart -> Decision: evidence, pregnancy, rules. */
export function assess({ topic, readEvidence }: PreparedTopic, chart: Chart, moment: Moment): Decision {
  const evidence = readEvidence(chart, moment);
  const pregnancy = readPregnancy(topic, evidence, moment);
  return decide(topic, evidence, pregnancy);
}

/** The discovery entries of a topic: one for each hook, the same id on every hook. */
export function servicesOf({ topic, needs }: PreparedTopic): Service[] {
  const prefetch = Object.fromEntries(needs.map(({ key, template }) => [key, template]));
  return topic.hooks.map((hook) => ({
    id: topic.id,
    hook,
    title: topic.title,
    description: topic.description,
    prefetch,
    usageRequirements:
      'Without prefetch the data are read from fhirServer, if its base is registered with this service.',
  }));
}
