/** Wiring only: knowledge, configuration and adapters become an express application. */
import { randomUUID } from 'node:crypto';
import express, { type Express } from 'express';
import type { Logger } from 'pino';
import { callPlan, planServices } from './call-service/call-plan.ts';
import { callService, type PreparedTopic, prepareTopic, servicesOf } from './call-service.ts';
import { type Card, type CdsResponse, EXTENSION_NAME } from './cds-hooks/card.ts';
import type { Client } from './cds-hooks/client.ts';
import type { HookRequest } from './cds-hooks/hook-request.ts';
import { issuedCard } from './cds-hooks/issued-cards.ts';
import { trustIn } from './client-trust/trust-in.ts';
import type { Config } from './config.ts';
import type { FhirResource } from './fhir/types.ts';
import { fhirServers, type ReaderFor } from './fhir-server/fhir-servers.ts';
import { accessLog } from './http/access-log.ts';
import { admission } from './http/admission.ts';
import { type CallableService, cdsServices } from './http/cds-services.ts';
import { errorHandler, framesOf, sendOutcome } from './http/errors.ts';
import { fhirApi } from './http/fhir-api.ts';
import { securityHeaders } from './http/headers.ts';
import { describeApi } from './http/openapi/describe-api.ts';
import { readiness } from './http/readiness.ts';
import type { Topic } from './knowledge/topic.ts';
import { type FhirApi, prepareFhirApi } from './operations/fhir-api.ts';
import type { Plan } from './plan/plan.ts';
import { type Shadow, shadowOf } from './shadow.ts';
import type { Store } from './store/open-store.ts';

export type AppParts = {
  config: Config;
  /** Compiled, with the site's choices applied. */
  topics: Topic[];
  /** Plans in plain R4, served beside the topics. */
  plans?: Plan[] | undefined;
  /** What stands in the knowledge files, as it is served at /fhir-api. */
  resources?: FhirResource[];
  /** Another version of the knowledge, compared after each answer (SHADOW_KNOWLEDGE_DIR). */
  shadowTopics?: Topic[] | undefined;
  /** Milliseconds since 1970. */
  clock: () => number;
  log: Logger;
  store: Store;
  /** True from the moment on that the process wants to end. */
  isStopping?: () => boolean;
  /** Adds pages and a FHIR server of its own before the "not found" answer. */
  extend?: (app: Express) => Promise<void>;
};

/** Builds the application; nothing listens yet. */
export async function createApp({ extend, log: given, ...others }: AppParts): Promise<Express> {
  const { config, topics, store, clock, isStopping = () => false } = others;
  // An open door is said on every line.
  const log = config.clientTrust === 'open' ? given.child({ clientTrust: 'open' }) : given;
  const { entrance, body, fhirBody } = admission(config, trustIn(config, { clock, log, replay: store.replayMemory }));
  const callables = callable({ ...others, log });
  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false);
  app.use(accessLog((line) => log.info(line, 'request')));
  app.use(securityHeaders());
  app.get('/livez', (_request, response) => {
    response.json({ status: 'alive' });
  });
  const knowledge = [...topics, ...(others.plans ?? [])].map(({ id, version }) => `${id}|${version}`);
  app.get(
    '/readyz',
    readiness(() => ({ stopping: isStopping(), knowledge, store: store.status() })),
  );
  const services = [...callables.values()].flatMap((one) => one.services);
  const description = describeApi(services, config);
  app.get('/openapi.json', (_request, response) => {
    response.json(description);
  });
  app.use('/cds-services', entrance, cdsServices(callables, store.feedback, body));
  app.use('/fhir-api', entrance, fhirApi(fhirSide(others), fhirBody, config.publicBaseUrl));
  if (extend) await extend(app);
  app.use((_request, response) => sendOutcome(response, 404, 'not-found', ['There is nothing at this address']));
  app.use(errorHandler((error) => log.error(framesOf(error), 'unforeseen')));
  return app;
}

type Parts = Omit<AppParts, 'extend'>;

function fhirSide({ config, topics, resources = [], clock }: Omit<Parts, 'log'>): FhirApi {
  return prepareFhirApi({
    topics: topics.map((topic) => prepareTopic(topic)),
    resources,
    startedAt: new Date(clock()).toISOString(),
    environment: () => ({
      moment: { now: clock(), zone: config.zone },
      settings: config.site,
      newUuid: randomUUID,
      strict: config.site.incompletePolicy === 'strict',
    }),
  });
}

function callable(parts: Parts): Map<string, CallableService> {
  const { config, topics, plans = [], shadowTopics = [], log } = parts;
  const readerFor = fhirServers(config.fhirBudgetMs);
  const called = plans.filter(({ hooks }) => hooks.length > 0);
  return new Map([
    ...called.map((plan): [string, CallableService] => [plan.id, servedPlan(plan, parts, readerFor)]),
    ...topics.map((topic): [string, CallableService] => {
      const prepared = prepareTopic(topic);
      const other = shadowTopics.find(({ id }) => id === topic.id);
      const shadow = other && shadowOf(prepared, prepareTopic(other), log);
      const answer: CallableService['call'] = (request, client, tenant) =>
        call(prepared, request, { ...parts, client, tenant, readerFor, shadow });
      return [topic.id, { services: servicesOf(prepared), call: answer }];
    }),
  ]);
}

function servedPlan(plan: Plan, parts: Parts, readerFor: ReaderFor): CallableService {
  const call: CallableService['call'] = async (request, client, tenant) => {
    const started = performance.now();
    const moment = { now: parts.clock(), zone: parts.config.zone };
    const readFhir = readerFor(client.fhirServers, serverOf(request));
    const response = await callPlan(plan, request, { moment, newUuid: randomUUID, readFhir });
    return answered(response, { id: plan.id, request, client, tenant, started }, parts);
  };
  return { services: planServices(plan), call };
}

type CallParts = Parts & { client: Client; tenant: string; readerFor: ReaderFor; shadow: Shadow | undefined };

async function call(
  prepared: PreparedTopic,
  request: HookRequest,
  { client, tenant, readerFor, shadow, ...parts }: CallParts,
) {
  const { config, clock } = parts;
  const started = performance.now();
  const moment = { now: clock(), zone: config.zone };
  const strict = config.site.incompletePolicy === 'strict';
  const response = await callService(prepared, request, {
    moment,
    settings: config.site,
    newUuid: randomUUID,
    readFhir: readerFor(client.fhirServers, serverOf(request)),
    strict,
    observe: shadow && ((chart, decision) => shadow(chart, moment, decision, strict)),
  });
  return answered(response, { id: prepared.topic.id, request, client, tenant, started }, parts);
}

/** The server that a request names, and its token. */
const serverOf = ({ fhirServer, fhirAuthorization }: HookRequest) => ({
  fhirServer,
  token: fhirAuthorization?.access_token,
});

type Answered = { id: string; request: HookRequest; client: Client; tenant: string; started: number };

/** What is kept and logged of an answer. */
function answered(
  response: CdsResponse,
  { id, request, client, tenant, started }: Answered,
  { store, log, clock }: Parts,
) {
  const { hook } = request;
  const issue = { tenant, service: id, hook, issuedAt: clock() };
  store.issuedCards.remember(response.cards.map((card) => issuedCard(card, issue)));
  // No patient data: the hook instance is the request id.
  log.info(
    {
      requestId: request.hookInstance,
      issuer: client.issuer,
      tenant: client.tenant,
      service: id,
      hook,
      // Whether a private card was among them is nobody's business.
      cards: response.cards.filter(isPublic).length,
      milliseconds: Math.round(performance.now() - started),
    },
    'answered',
  );
  return response;
}

const isPublic = ({ extension }: Card): boolean => !extension[EXTENSION_NAME].confidential;
