/** Topics and plans as services that can be called: each answer is remembered and logged. */
import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { callPlan, planServices } from './call-service/call-plan.ts';
import type { FindingMemory } from './call-service/recall.ts';
import { callService, type PreparedTopic, prepareTopic, servicesOf } from './call-service.ts';
import { type Card, type CdsResponse, EXTENSION_NAME } from './cds-hooks/card.ts';
import type { Client } from './cds-hooks/client.ts';
import type { HookRequest } from './cds-hooks/hook-request.ts';
import type { StartSpan } from './cds-hooks/trace.ts';
import type { Config } from './config.ts';
import type { Decision } from './decision/decision.ts';
import { fhirServers, type ReaderFor } from './fhir-server/fhir-servers.ts';
import { findingMemory } from './finding-memory.ts';
import type { CallAnswer, CallableService, Trace } from './http/cds-services.ts';
import { framesOf } from './http/errors.ts';
import type { Topic } from './knowledge/topic.ts';
import { type Metrics, NO_METRICS } from './metrics/metrics.ts';
import type { Plan } from './plan/plan.ts';
import { issuedCards, type Said } from './remember-cards.ts';
import { type Shadow, shadowOf } from './shadow.ts';
import type { Store } from './store/open-store.ts';

/** What services are made of. */
export type ServiceParts = {
  config: Config;
  /** Compiled, with the site's choices applied. */
  topics: Topic[];
  /** Plans in plain R4, served beside the topics. */
  plans?: Plan[] | undefined;
  /** Another version of the knowledge, compared after each answer (SHADOW_KNOWLEDGE_DIR). */
  shadowTopics?: Topic[] | undefined;
  /** Milliseconds since 1970. */
  clock: () => number;
  log: Logger;
  store: Store;
  metrics?: Metrics | undefined;
  /** Measures requests, and the reads that they cause, for who collects spans. */
  startSpan?: StartSpan | undefined;
};

/** By service id. */
export function callableServices(parts: ServiceParts): Map<string, CallableService> {
  const { config, topics, plans = [], shadowTopics = [], log } = parts;
  const registered = [...config.fhirServers, ...config.issuers.flatMap((issuer) => issuer.fhirServers)];
  const readerFor = watched(fhirServers(config.fhirBudgetMs, registered), parts);
  const called = plans.filter(({ hooks }) => hooks.length > 0);
  return new Map([
    ...called.map((plan): [string, CallableService] => [plan.id, servedPlan(plan, parts, readerFor)]),
    ...topics.map((topic): [string, CallableService] => {
      const prepared = prepareTopic(topic);
      const other = shadowTopics.find(({ id }) => id === topic.id);
      const shadow = other && shadowOf(prepared, prepareTopic(other), log);
      const answer: CallableService['call'] = (request, client, tenant, trace) =>
        call(prepared, request, { ...parts, client, tenant, trace, readerFor, shadow });
      return [topic.id, { services: servicesOf(prepared), call: answer }];
    }),
  ]);
}

function servedPlan(plan: Plan, parts: ServiceParts, readerFor: ReaderFor): CallableService {
  const call: CallableService['call'] = async (request, client, tenant, trace) => {
    const started = performance.now();
    const moment = { now: parts.clock(), zone: parts.config.zone };
    const readFhir = readerFor(client.fhirServers, serverOf(request, trace));
    const response = await callPlan(plan, request, { moment, newUuid: randomUUID, readFhir });
    return answered(response, { id: plan.id, request, client, tenant, trace, started }, parts);
  };
  return { services: planServices(plan), call };
}

type CallParts = ServiceParts & {
  client: Client;
  tenant: string;
  trace: Trace;
  readerFor: ReaderFor;
  shadow: Shadow | undefined;
};

async function call(
  prepared: PreparedTopic,
  request: HookRequest,
  { client, tenant, trace, readerFor, shadow, ...parts }: CallParts,
) {
  const { config, clock } = parts;
  const started = performance.now();
  const moment = { now: clock(), zone: config.zone };
  const strict = config.site.incompletePolicy === 'strict';
  const { id } = prepared.topic;
  const memory = findingMemory(parts.store, { tenant, service: id }, () =>
    parts.log.warn({ requestId: request.hookInstance }, 'what was overridden is not known: everything is shown'),
  );
  let decided: Decision | undefined;
  const { cards, finding } = await callService(prepared, request, {
    moment,
    settings: config.site,
    newUuid: randomUUID,
    readFhir: readerFor(client.fhirServers, serverOf(request, trace)),
    strict,
    memory,
    observe: (chart, decision) => {
      decided = decision;
      shadow?.(chart, moment, decision, strict);
    },
  });
  const said = { patientId: request.context.patientId, decision: decided, finding };
  return answered({ cards }, { id, request, client, tenant, trace, started, said, hash: memory?.hash }, parts);
}

/** Each query is counted as it ends, and is a span where somebody collects them. */
function watched(readerFor: ReaderFor, { metrics = NO_METRICS, startSpan }: ServiceParts): ReaderFor {
  return (allowed, named) => {
    const read = readerFor(allowed, named);
    if (!read) return undefined;
    return async (query) => {
      let outcome: 'read' | 'failed' = 'failed';
      const span = startSpan?.(`read ${/^[A-Za-z]+/.exec(query)?.[0] ?? ''}`, 'client', named.traceparent);
      try {
        const found = await read(query);
        outcome = 'read';
        return found;
      } finally {
        metrics.fhirRead(outcome);
        span?.end({ failed: outcome === 'failed' });
      }
    };
  };
}

/** The server that a request names, its token, and what the reads are part of. */
const serverOf = ({ fhirServer, fhirAuthorization }: HookRequest, { parent }: Trace) => ({
  fhirServer,
  token: fhirAuthorization?.access_token,
  traceparent: parent,
});

type Answered = {
  id: string;
  request: HookRequest;
  client: Client;
  tenant: string;
  trace: Trace;
  started: number;
  said?: Said | undefined;
  hash?: FindingMemory['hash'] | undefined;
};

/** What is kept and logged of an answer. */
function answered(
  response: CdsResponse,
  { id, request, client, tenant, trace, started, said, hash }: Answered,
  { store, log, clock, metrics = NO_METRICS }: ServiceParts,
): CallAnswer {
  const { hook } = request;
  const milliseconds = performance.now() - started;
  const issue = { tenant, service: id, hook, issuedAt: clock() };
  const keep = () => {
    const { patientId } = request.context;
    const all = said ?? { patientId, decision: undefined, finding: undefined };
    try {
      metrics.answered({ service: id, hook, milliseconds, decision: said?.decision });
      store.issuedCards.remember(issuedCards(response.cards, issue, all, hash));
    } catch (error) {
      // The answer is given; what could not be kept of it is said, and ends nothing.
      log.error(framesOf(error), 'what was answered could not be kept');
    }
  };
  // No patient data: the hook instance is the request id.
  const line = {
    requestId: request.hookInstance,
    traceId: trace.id,
    issuer: client.issuer,
    tenant: client.tenant,
    service: id,
    hook,
    // Whether a private card was among them is nobody's business.
    cards: response.cards.filter(isPublic).length,
    milliseconds: Math.round(milliseconds),
  };
  const afterwards = () => {
    keep();
    log.info(line, 'answered');
  };
  return { response, afterwards };
}

const isPublic = ({ extension }: Card): boolean => !extension[EXTENSION_NAME].confidential;
