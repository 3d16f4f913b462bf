/** Wiring only: knowledge, configuration and adapters become an express application. */
import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import express, { type Express } from 'express';
import { prepareTopic } from './call-service.ts';
import { callableServices, type ServiceParts } from './callable-services.ts';
import { trustIn } from './client-trust/trust-in.ts';
import type { Config } from './config.ts';
import { prepareExplorer } from './explorer/explorer-side.ts';
import type { FhirResource } from './fhir/types.ts';
import { prepareFormSide } from './form/form-side.ts';
import { accessLog } from './http/access-log.ts';
import { admin } from './http/admin.ts';
import { admission } from './http/admission.ts';
import { auditing } from './http/audit.ts';
import { cdsServices } from './http/cds-services.ts';
import { errorHandler, framesOf, sendOutcome } from './http/errors.ts';
import { explorerApi } from './http/explorer-api.ts';
import { fhirApi } from './http/fhir-api.ts';
import { type FormSettings, formApi } from './http/form-api.ts';
import { securityHeaders } from './http/headers.ts';
import { exposeMetrics } from './http/metrics.ts';
import { describeApi } from './http/openapi/describe-api.ts';
import { pages } from './http/pages.ts';
import { type LastReload, readiness } from './http/readiness.ts';
import { traced } from './http/trace.ts';
import { runInWorker } from './inline-plan/run-in-worker.ts';
import { nameOf, overdueIn } from './knowledge/overdue.ts';
import { metricsOf } from './metrics/metrics.ts';
import { prepareFhirApi } from './operations/fhir-api.ts';
import { recordCalls } from './record-calls.ts';

export type AppParts = ServiceParts & {
  /** What stands in the knowledge files, as it is served at /fhir-api. */
  resources?: FhirResource[];
  /** Folder of the built pages; absent = no pages are served. */
  pagesDir?: string;
  /** What became of the last reload, when there was one. */
  lastReload?: () => LastReload | undefined;
  /** Whether the self-check has passed; always, where there is none. */
  isChecked?: () => boolean;
  /** True from the moment on that the process wants to end. */
  isStopping?: () => boolean;
  /** Adds pages and a FHIR server of its own before the "not found" answer. */
  extend?: (app: Express) => Promise<void>;
};

/** Builds the application; nothing listens yet. */
export async function createApp({ extend, log: given, ...others }: AppParts): Promise<Express> {
  const { config, topics, store, clock, isStopping = () => false, isChecked = () => true } = others;
  const served = [...topics, ...(others.plans ?? [])];
  // An open door is said on every line.
  const log = config.clientTrust === 'open' ? given.child({ clientTrust: 'open' }) : given;
  const identify = await trustIn(config, { clock, log, replay: store.replayMemory });
  const { entrance, body, fhirBody, smallBody, form, explorer, ...closed } = admission(config, identify);
  const overdue = () => overdueIn(served, { now: clock(), zone: config.zone });
  const read = () => ({ ...store.status(), knowledgeOverdue: overdue().length });
  const metrics = others.metrics ?? (await metricsOf(config, read));
  const callables = callableServices({ ...others, log, metrics });
  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false);
  app.use(traced(others.startSpan));
  app.use(
    accessLog((line) => {
      metrics.ended(line);
      log.info(line, 'request');
    }),
  );
  app.use(securityHeaders());
  if (config.audit)
    app.use(auditing(recordCalls(store, config.publicBaseUrl ?? `http://${config.host}:${config.port}`, clock)));
  app.get('/livez', (_request, response) => {
    response.json({ status: 'alive' });
  });
  app.get(
    '/readyz',
    readiness(() => ({
      stopping: isStopping(),
      checked: isChecked(),
      knowledge: served.map(nameOf),
      overdue: overdue(),
      lastReload: others.lastReload?.(),
      store: store.status(),
    })),
  );
  const services = [...callables.values()].flatMap((one) => one.services);
  const description = describeApi(services, config);
  app.get('/openapi.json', (_request, response) => {
    response.json(description);
  });
  app.use('/cds-services', entrance, cdsServices(callables, store.feedback, body));
  const sides = servedSides(others);
  app.use('/fhir-api', entrance, fhirApi(sides.fhir, fhirBody, config.publicBaseUrl));
  app.use('/form-api', form, formApi({ ...sides, settings: formSettings(config), guards: fhirBody }));
  app.use('/explorer-api', explorer, explorerApi(sides.explorer, smallBody));
  const readAudit = config.audit ? store.audit.read : undefined;
  app.use('/admin', admin({ guards: closed.admin, countFeedback: store.countFeedback, readAudit, clock }));
  app.get('/metrics', closed.admin, exposeMetrics(metrics.read));
  if (extend) await extend(app);
  if (others.pagesDir) app.use(pages(others.pagesDir, pageConnections(config)));
  app.use((_request, response) => sendOutcome(response, 404, 'not-found', ['There is nothing at this address']));
  app.use(errorHandler((error) => log.error(framesOf(error), 'unforeseen')));
  return app;
}

type Parts = Omit<AppParts, 'extend'>;

/** The FHIR side, the form's and the explorer's: the same topics in the same environment. */
function servedSides({ config, topics, plans = [], resources = [], clock }: Omit<Parts, 'log'>) {
  const prepared = topics.map((topic) => prepareTopic(topic));
  const environment = () => ({
    moment: { now: clock(), zone: config.zone },
    settings: config.site,
    newUuid: randomUUID,
    strict: config.site.incompletePolicy === 'strict',
  });
  const fhir = prepareFhirApi({
    topics: prepared,
    plans,
    resources,
    runInline: config.allowInlineKnowledge ? runInWorker : undefined,
    startedAt: new Date(clock()).toISOString(),
    environment,
  });
  return {
    fhir,
    form: prepareFormSide({ topics: prepared, environment }),
    explorer: prepareExplorer({ topics: prepared, resources, environment, pause: () => setImmediate() }),
  };
}

function formSettings({ demonstration, site: { patients, smartApps } }: Config): FormSettings {
  return {
    demonstration,
    contacts: { emergencyNumber: patients.emergencyNumber, lines: patients.contacts },
    apps: smartApps.map(({ iss, clientId, scope }) => ({ iss, clientId, scope })),
  };
}

/** Origins that a page may speak to beside its own: registered FHIR servers, and where their tokens are given. */
const pageConnections = ({ fhirServers, site }: Config): string[] => [
  ...fhirServers.map(({ base }) => new URL(base).origin),
  ...site.smartApps.flatMap(({ iss, origins }) => [new URL(iss).origin, ...origins]),
];
