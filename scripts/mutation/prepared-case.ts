/** A clinical case with everything read that no mutant changes: only rules and cards are left to do. */
import { gatherChart } from '../../src/call-service/gather-chart.ts';
import { gatherDrafts } from '../../src/call-service/gather-drafts.ts';
import { readContact } from '../../src/call-service/read-contact.ts';
import { assess, callService, type PreparedTopic, readChart } from '../../src/call-service.ts';
import { buildCards } from '../../src/cards/build-cards.ts';
import { buildOrderCards } from '../../src/cards/order-cards.ts';
import { ORDER_HOOKS } from '../../src/cds-hooks/draft-orders.ts';
import { type HookRequest, hookRequest } from '../../src/cds-hooks/hook-request.ts';
import { decide } from '../../src/decision/decide.ts';
import { decideOrders } from '../../src/decision/decide-orders.ts';
import type { Decision } from '../../src/decision/decision.ts';
import type { Moment } from '../../src/evidence/chart.ts';
import { type ClinicalCase, hookRequestOf, momentOf, type NamedCase } from '../../test/harness/case.ts';
import { differences } from '../../test/harness/case-result.ts';

export type PreparedCase = {
  name: string;
  hook: string;
  /** Decides and compares; the plan may have been changed in place since the case was read. */
  run: () => CaseRun;
  /** The same through the whole service, with nothing read beforehand. */
  runInFull: () => Promise<boolean>;
};

/** `lookedAtCards`: level and rules alone did not decide whether it passes. */
type CaseRun = { passes: boolean; decision: Decision; lookedAtCards: boolean };

/** Reads a case once. */
export async function prepareCase(prepared: PreparedTopic, { name, clinicalCase }: NamedCase): Promise<PreparedCase> {
  const request = hookRequest.parse(hookRequestOf(clinicalCase, prepared.topic.questionnaires));
  const moment = { now: Date.parse(momentOf(clinicalCase)), zone: 'UTC' };
  const environment = { moment, settings: {}, newUuid: () => '' };
  const respond = await prepareAnswer(prepared, request, moment);
  return {
    name,
    hook: request.hook,
    run: () => {
      const { decision, cards } = respond();
      const agreed = agrees(clinicalCase, decision);
      const passes = agreed ?? differences(clinicalCase, { cards: cards() }).length === 0;
      return { decision, passes, lookedAtCards: agreed === undefined };
    },
    runInFull: async () => differences(clinicalCase, await callService(prepared, request, environment)).length === 0,
  };
}

/** What `callService` does, from the decision on. */
async function prepareAnswer(prepared: PreparedTopic, request: HookRequest, moment: Moment) {
  const { topic } = prepared;
  const { hook, context } = request;
  const chart = await gatherChart(needsAtAnyHook(prepared), request);
  const { evidence, pregnancy } = readChart(prepared, chart, moment);
  const { drafts, unreadable } = await gatherDrafts(request, chart, topic.orderTerms);
  const assessEarlier = (earlier: typeof chart, at: Moment) => assess(prepared, earlier, at);
  const { patientId, encounterId } = context;
  return () => {
    const decision = decide(topic, evidence, pregnancy, { hook });
    const cards = () => {
      const contact = readContact(prepared, request, chart, moment, decision, assessEarlier);
      const input = { topic, decision, contact, moment, settings: {}, patientId, encounterId, newUuid: () => '' };
      if (!ORDER_HOOKS.has(hook)) return buildCards(input);
      return buildOrderCards(input, decideOrders(topic, decision, drafts, moment), unreadable);
    };
    return { decision, cards };
  };
}

/** A mutant may make a hook look at what only another hook looks at. */
const needsAtAnyHook = ({ needs, needsAt }: PreparedTopic) => [
  ...new Map([needs, ...needsAt.values()].flat().map((need) => [need.key, need])).values(),
];

const COMPARED = new Set(['level', 'fired', 'open']);

/** Whether a case that asks for level and rules only has them; undefined when its cards must be looked at. */
function agrees({ expect }: ClinicalCase, { silent, level, results }: Decision): boolean | undefined {
  if (silent || level === undefined || Object.keys(expect).some((key) => !COMPARED.has(key))) return undefined;
  const fired = results.filter(({ state }) => state === 'fires').map(({ rule }) => rule.id);
  const open = results.filter(({ raised }) => raised.length > 0).map(({ rule }) => rule.id);
  return level === expect.level && areSame(fired, expect.fired) && areSame(open, expect.open);
}

const areSame = (got: string[], wanted: string[] = []): boolean =>
  got.length === wanted.length && wanted.every((id) => got.includes(id));
