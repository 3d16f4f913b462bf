/** Wiring only: knowledge, configuration and adapters become an express application. */
import { randomUUID } from 'node:crypto';
import express, { type Express } from 'express';
import type { Logger } from 'pino';
import { callService, type PreparedTopic, prepareTopic, servicesOf } from './call-service.ts';
import type { HookRequest } from './cds-hooks/hook-request.ts';
import type { Config } from './config.ts';
import type { ReadFhir } from './fhir/read-fhir.ts';
import { readOverHttp } from './fhir-server/read-over-http.ts';
import { type CallableService, cdsServices } from './http/cds-services.ts';
import { errorHandler, sendOutcome } from './http/errors.ts';
import { openCors, securityHeaders } from './http/headers.ts';
import type { Topic } from './knowledge/topic.ts';

export type AppParts = {
  config: Config;
  topics: Topic[];
  /** Milliseconds since 1970. */
  clock: () => number;
  log: Logger;
  /** Adds pages and a FHIR server of its own before the "not found" answer. */
  extend?: (app: Express) => Promise<void>;
};

/** Builds the application; nothing listens yet. */
export async function createApp({ config, topics, clock, log, extend }: AppParts): Promise<Express> {
  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false);
  app.use(securityHeaders());
  app.get('/livez', (_request, response) => {
    response.json({ status: 'alive' });
  });
  app.use('/cds-services', openCors, cdsServices(callable(topics, config, clock, log), config.bodyLimitBytes));
  if (extend) await extend(app);
  app.use((_request, response) => sendOutcome(response, 404, 'not-found', ['There is nothing at this address']));
  app.use(
    errorHandler((error) => log.error({ err: error instanceof Error ? error.stack : 'not an error' }, 'unforeseen')),
  );
  return app;
}

function callable(topics: Topic[], config: Config, clock: () => number, log: Logger): Map<string, CallableService> {
  return new Map(
    topics.map((topic) => {
      const prepared = prepareTopic(topic);
      return [
        topic.id,
        { services: servicesOf(prepared), call: (request) => call(prepared, request, config, clock, log) },
      ];
    }),
  );
}

async function call(prepared: PreparedTopic, request: HookRequest, config: Config, clock: () => number, log: Logger) {
  const started = performance.now();
  const response = await callService(prepared, request, {
    moment: { now: clock(), zone: config.zone },
    settings: { formUrl: config.formUrl },
    newUuid: randomUUID,
    readFhir: readerFor(request, config),
  });
  // No patient data: the hook instance is the request id.
  log.info(
    {
      requestId: request.hookInstance,
      service: prepared.topic.id,
      hook: request.hook,
      cards: response.cards.length,
      milliseconds: Math.round(performance.now() - started),
    },
    'answered',
  );
  return response;
}

/** The request's FHIR server, only when its base is registered. */
function readerFor({ fhirServer, fhirAuthorization }: HookRequest, config: Config): ReadFhir | undefined {
  const base = fhirServer?.replace(/\/+$/, '');
  if (base === undefined || !config.fhirServers.includes(base)) return undefined;
  return readOverHttp({ base, token: fhirAuthorization?.access_token, budgetMs: config.fhirBudgetMs });
}
