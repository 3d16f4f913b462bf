/** Wiring only: knowledge, configuration and adapters become an express application. */
import { randomUUID } from 'node:crypto';
import express, { type Express } from 'express';
import type { Logger } from 'pino';
import { callPlan, planServices } from './call-service/call-plan.ts';
import { callService, type PreparedTopic, prepareTopic, servicesOf } from './call-service.ts';
import { type Card, type CdsResponse, EXTENSION_NAME } from './cds-hooks/card.ts';
import type { HookRequest } from './cds-hooks/hook-request.ts';
import { issuedCard } from './cds-hooks/issued-cards.ts';
import type { Config } from './config.ts';
import type { ReadFhir } from './fhir/read-fhir.ts';
import { readOverHttp } from './fhir-server/read-over-http.ts';
import { type CallableService, cdsServices } from './http/cds-services.ts';
import { errorHandler, sendOutcome } from './http/errors.ts';
import { openCors, securityHeaders } from './http/headers.ts';
import { readiness } from './http/readiness.ts';
import type { Topic } from './knowledge/topic.ts';
import type { Plan } from './plan/plan.ts';
import { type Shadow, shadowOf } from './shadow.ts';
import type { Store } from './store/open-store.ts';

export type AppParts = {
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
  /** True from the moment on that the process wants to end. */
  isStopping?: () => boolean;
  /** Adds pages and a FHIR server of its own before the "not found" answer. */
  extend?: (app: Express) => Promise<void>;
};

/** Builds the application; nothing listens yet. */
export async function createApp({ extend, ...parts }: AppParts): Promise<Express> {
  const { config, log, topics, store, isStopping = () => false } = parts;
  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false);
  app.use(securityHeaders());
  app.get('/livez', (_request, response) => {
    response.json({ status: 'alive' });
  });
  const knowledge = [...topics, ...(parts.plans ?? [])].map(({ id, version }) => `${id}|${version}`);
  app.get(
    '/readyz',
    readiness(() => ({ stopping: isStopping(), knowledge, store: store.status() })),
  );
  app.use('/cds-services', openCors, cdsServices(callable(parts), store.feedback, config.bodyLimitBytes));
  if (extend) await extend(app);
  app.use((_request, response) => sendOutcome(response, 404, 'not-found', ['There is nothing at this address']));
  app.use(
    errorHandler((error) => log.error({ err: error instanceof Error ? error.stack : 'not an error' }, 'unforeseen')),
  );
  return app;
}

type Parts = Omit<AppParts, 'extend'>;

function callable(parts: Parts): Map<string, CallableService> {
  const { topics, plans = [], shadowTopics = [], log } = parts;
  const called = plans.filter(({ hooks }) => hooks.length > 0);
  return new Map([
    ...called.map((plan): [string, CallableService] => [plan.id, servedPlan(plan, parts)]),
    ...topics.map((topic): [string, CallableService] => {
      const prepared = prepareTopic(topic);
      const other = shadowTopics.find(({ id }) => id === topic.id);
      const shadow = other && shadowOf(prepared, prepareTopic(other), log);
      const answer: CallableService['call'] = (request, tenant) => call(prepared, request, tenant, parts, shadow);
      return [topic.id, { services: servicesOf(prepared), call: answer }];
    }),
  ]);
}

function servedPlan(plan: Plan, parts: Parts): CallableService {
  const call: CallableService['call'] = async (request, tenant) => {
    const started = performance.now();
    const moment = { now: parts.clock(), zone: parts.config.zone };
    const readFhir = readerFor(request, parts.config);
    const response = await callPlan(plan, request, { moment, newUuid: randomUUID, readFhir });
    return answered(response, { id: plan.id, request, tenant, started }, parts);
  };
  return { services: planServices(plan), call };
}

async function call(
  prepared: PreparedTopic,
  request: HookRequest,
  tenant: string,
  parts: Parts,
  shadow: Shadow | undefined,
) {
  const { config, clock } = parts;
  const started = performance.now();
  const moment = { now: clock(), zone: config.zone };
  const strict = config.site.incompletePolicy === 'strict';
  const response = await callService(prepared, request, {
    moment,
    settings: config.site,
    newUuid: randomUUID,
    readFhir: readerFor(request, config),
    strict,
    observe: shadow && ((chart, decision) => shadow(chart, moment, decision, strict)),
  });
  return answered(response, { id: prepared.topic.id, request, tenant, started }, parts);
}

type Answered = { id: string; request: HookRequest; tenant: string; started: number };

/** What is kept and logged of an answer. */
function answered(response: CdsResponse, { id, request, tenant, started }: Answered, { store, log, clock }: Parts) {
  const { hook } = request;
  const issue = { tenant, service: id, hook, issuedAt: clock() };
  store.issuedCards.remember(response.cards.map((card) => issuedCard(card, issue)));
  // No patient data: the hook instance is the request id.
  log.info(
    {
      requestId: request.hookInstance,
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

/** The request's FHIR server, only when its base is registered. */
function readerFor({ fhirServer, fhirAuthorization }: HookRequest, config: Config): ReadFhir | undefined {
  const base = fhirServer?.replace(/\/+$/, '');
  if (base === undefined || !config.fhirServers.includes(base)) return undefined;
  return readOverHttp({ base, token: fhirAuthorization?.access_token, budgetMs: config.fhirBudgetMs });
}
