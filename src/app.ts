/** Wiring only: knowledge, configuration and adapters become an express application. */
import { randomUUID } from 'node:crypto';
import express, { type Express } from 'express';
import type { Logger } from 'pino';
import { callService, type PreparedTopic, prepareTopic, servicesOf } from './call-service.ts';
import type { Client } from './cds-hooks/client.ts';
import type { HookRequest } from './cds-hooks/hook-request.ts';
import type { ReplayMemory } from './cds-hooks/replay-memory.ts';
import { trustIn } from './client-trust/trust-in.ts';
import type { Config } from './config.ts';
import { fhirServers, type ReaderFor } from './fhir-server/fhir-servers.ts';
import { accessLog } from './http/access-log.ts';
import { admission } from './http/admission.ts';
import { type CallableService, cdsServices } from './http/cds-services.ts';
import { errorHandler, framesOf, sendOutcome } from './http/errors.ts';
import { securityHeaders } from './http/headers.ts';
import { describeApi } from './http/openapi/describe-api.ts';
import type { Topic } from './knowledge/topic.ts';

export type AppParts = {
  config: Config;
  topics: Topic[];
  /** Milliseconds since 1970. */
  clock: () => number;
  log: Logger;
  /** Used tokens, shared by replicas; left out, this process remembers alone. */
  replay?: ReplayMemory | undefined;
  /** Adds pages and a FHIR server of its own before the "not found" answer. */
  extend?: (app: Express) => Promise<void>;
};

/** Builds the application; nothing listens yet. */
export async function createApp({ config, topics, clock, log: given, replay, extend }: AppParts): Promise<Express> {
  // An open door is said on every line.
  const log = config.clientTrust === 'open' ? given.child({ clientTrust: 'open' }) : given;
  const { entrance, body } = admission(config, trustIn(config, { clock, log, replay }));
  const callables = callable(topics, config, clock, log);
  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false);
  app.use(accessLog((line) => log.info(line, 'request')));
  app.use(securityHeaders());
  app.get('/livez', (_request, response) => {
    response.json({ status: 'alive' });
  });
  const description = describeApi(
    [...callables.values()].flatMap(({ services }) => services),
    config,
  );
  app.get('/openapi.json', (_request, response) => {
    response.json(description);
  });
  app.use('/cds-services', entrance, cdsServices(callables, body));
  if (extend) await extend(app);
  app.use((_request, response) => sendOutcome(response, 404, 'not-found', ['There is nothing at this address']));
  app.use(errorHandler((error) => log.error(framesOf(error), 'unforeseen')));
  return app;
}

function callable(topics: Topic[], config: Config, clock: () => number, log: Logger): Map<string, CallableService> {
  const readerFor = fhirServers(config.fhirBudgetMs);
  return new Map(
    topics.map((topic) => {
      const prepared = prepareTopic(topic);
      return [
        topic.id,
        {
          services: servicesOf(prepared),
          call: (request, client) => call(prepared, request, client, readerFor, config, clock, log),
        },
      ];
    }),
  );
}

async function call(
  prepared: PreparedTopic,
  request: HookRequest,
  client: Client,
  readerFor: ReaderFor,
  config: Config,
  clock: () => number,
  log: Logger,
) {
  const started = performance.now();
  const { fhirServer, fhirAuthorization } = request;
  const response = await callService(prepared, request, {
    moment: { now: clock(), zone: config.zone },
    settings: { formUrl: config.formUrl },
    newUuid: randomUUID,
    readFhir: readerFor(client.fhirServers, { fhirServer, token: fhirAuthorization?.access_token }),
  });
  // No patient data: the hook instance is the request id.
  log.info(
    {
      requestId: request.hookInstance,
      issuer: client.issuer,
      tenant: client.tenant,
      service: prepared.topic.id,
      hook: request.hook,
      cards: response.cards.length,
      milliseconds: Math.round(performance.now() - started),
    },
    'answered',
  );
  return response;
}
