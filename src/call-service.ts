/** The use case: one hook call, from the EHR's request to cards. */
import { type DataNeed, dataNeeds } from './call-service/data-needs.ts';
import { gatherChart } from './call-service/gather-chart.ts';
import { gatherDrafts } from './call-service/gather-drafts.ts';
import { readContact } from './call-service/read-contact.ts';
import { type FindingMemory, recall } from './call-service/recall.ts';
import { buildCards } from './cards/build-cards.ts';
import type { CardSettings } from './cards/card-context.ts';
import { buildOrderCards } from './cards/order-cards.ts';
import { withOverdueNote } from './cards/overdue.ts';
import type { CdsResponse } from './cds-hooks/card.ts';
import { ORDER_HOOKS } from './cds-hooks/draft-orders.ts';
import type { HookRequest } from './cds-hooks/hook-request.ts';
import type { Service } from './cds-hooks/service.ts';
import { type DecideOptions, decide } from './decision/decide.ts';
import { decideOrders } from './decision/decide-orders.ts';
import type { Decision } from './decision/decision.ts';
import { deniedFacts } from './decision/deny-unknown.ts';
import type { Chart, Moment } from './evidence/chart.ts';
import type { Fact, FactValue } from './evidence/fact.ts';
import { withChanged } from './evidence/fact-sheet.ts';
import { type Evidence, prepareEvidence, type ReadEvidence } from './evidence/read-evidence.ts';
import { preparePending, type ReadPending } from './evidence/read-pending.ts';
import { inThisPregnancy } from './evidence/this-pregnancy.ts';
import type { ReadFhir } from './fhir/read-fhir.ts';
import type { Topic } from './knowledge/topic.ts';
import { type PregnancyReading, readPregnancy } from './pregnancy/read-pregnancy.ts';

/** A topic ready to be called; prepared once at start. */
export type PreparedTopic = {
  topic: Topic;
  /** What every hook needs. */
  needs: DataNeed[];
  needsAt: ReadonlyMap<string, DataNeed[]>;
  readEvidence: ReadEvidence;
  readPending: ReadPending;
};

/** What the outside gives to a call. */
export type CallEnvironment = {
  moment: Moment;
  settings: CardSettings;
  newUuid: () => string;
  /** Absent when no FHIR server may be asked. */
  readFhir?: ReadFhir | undefined;
  /** The site's policy for what is incomplete is strict. */
  strict?: boolean | undefined;
  /** Only levels, rules and summaries are wanted of the cards. */
  brief?: boolean | undefined;
  /** What was overridden before; absent where nothing is remembered. */
  memory?: FindingMemory | undefined;
  /** Sees what was decided on what; it may not throw. */
  observe?: ((chart: Chart, decision: Decision) => void) | undefined;
};

/** An answer; `finding` is the fingerprint of what the cards say, when the memory was asked for it. */
export type Answer = CdsResponse & { finding?: string | undefined };

/** Prepares a topic. */
export function prepareTopic(topic: Topic): PreparedTopic {
  const needs = dataNeeds(topic);
  return {
    topic,
    needs,
    needsAt: new Map(topic.hooks.map((hook) => [hook, dataNeeds(topic, hook)])),
    readPending: preparePending(topic.facts),
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
  { moment, settings, newUuid, readFhir, strict, brief, memory, observe }: CallEnvironment,
): Promise<Answer> {
  const { topic } = prepared;
  const { hook, context } = request;
  const chart = await gatherChart(prepared.needsAt.get(hook) ?? prepared.needs, request, readFhir);
  const decision = assess(prepared, chart, moment, { hook, strict });
  observe?.(chart, decision);
  const isOrder = ORDER_HOOKS.has(hook);
  const { finding, overrides } = isOrder ? {} : await recall(memory, context.patientId, decision);
  const seen = readContact(prepared, request, chart, moment, decision, (earlier, at) =>
    assess(prepared, earlier, at, { strict }),
  );
  const contact = { ...seen, overrides };
  const { patientId, encounterId } = context;
  const input = { topic, decision, contact, moment, settings, patientId, encounterId, newUuid, brief };
  if (!isOrder) return { cards: withOverdueNote(buildCards(input), topic, moment), finding };
  const { drafts, unreadable } = await gatherDrafts(request, chart, topic.orderTerms, readFhir);
  const cards = buildOrderCards(input, decideOrders(topic, decision, drafts, moment), unreadable);
  return { cards: withOverdueNote(cards, topic, moment) };
}

/** @property supposed values that stand in the place of what the chart says, for an author who asks "what if" */
export type AssessOptions = DecideOptions & { supposed?: ReadonlyMap<string, FactValue> };

/** Chart -> Decision: evidence, pregnancy, rules. */
export function assess(prepared: PreparedTopic, chart: Chart, moment: Moment, options: AssessOptions = {}): Decision {
  const { topic } = prepared;
  const { pregnancy, ...read } = readChart(prepared, chart, moment);
  const evidence = options.supposed?.size ? withSupposed(read.evidence, options.supposed) : read.evidence;
  const decision = decide(topic, evidence, pregnancy, options);
  if (!options.strict || decision.level === undefined) return decision;
  const supposed = { ...evidence, facts: deniedFacts(decision) };
  return { ...decision, provisional: decide(topic, supposed, pregnancy).level };
}

function withSupposed(evidence: Evidence, supposed: ReadonlyMap<string, FactValue>): Evidence {
  const changed: Fact[] = [];
  for (const [name, value] of supposed) {
    const fact = evidence.facts.get(name);
    if (fact) changed.push({ ...fact, value, unknown: undefined });
  }
  return { ...evidence, facts: withChanged(evidence.facts, changed) };
}

/** What the chart holds, before any rule is looked at. */
export function readChart(
  { topic, readEvidence }: PreparedTopic,
  chart: Chart,
  moment: Moment,
): { evidence: Evidence; pregnancy: PregnancyReading } {
  const evidence = readEvidence(chart, moment);
  const pregnancy = readPregnancy(topic, evidence, moment);
  // After an end nothing is left out: what was recorded before it may be what did not resolve.
  const since = pregnancy.status === 'ended' ? undefined : pregnancy.beganAt;
  return { evidence: { ...evidence, facts: inThisPregnancy(topic, evidence, since, moment) }, pregnancy };
}

/** The discovery entries of a topic: one for each hook, the same id on every hook. */
export function servicesOf({ topic, needs, needsAt }: PreparedTopic): Service[] {
  return topic.hooks.map((hook) => ({
    id: topic.id,
    hook,
    title: topic.title,
    description: topic.description,
    prefetch: Object.fromEntries((needsAt.get(hook) ?? needs).map(({ key, template }) => [key, template])),
    usageRequirements:
      'Without prefetch the data are read from fhirServer, if its base is registered with this service.',
  }));
}
