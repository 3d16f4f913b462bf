/** One process that serves: loads the knowledge, listens, reloads on SIGHUP, stops gracefully. */
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type Express, Router } from 'express';
import pino, { type Logger } from 'pino';
import { createApp } from './app.ts';
import { type Config, readConfig } from './config.ts';
import { ServiceError } from './errors.ts';
import { boundedServer } from './http/bounded-server.ts';
import { gracefulStop } from './http/graceful-stop.ts';
import { inForce } from './in-force.ts';
import { nameOf, overdueIn } from './knowledge/overdue.ts';
import { conditionsIn, type Loaded, loadService } from './load-service.ts';
import { type Metrics, metricsOf } from './metrics/metrics.ts';
import { selfCheck } from './self-check/self-check.ts';
import { openStore, type Store } from './store/open-store.ts';
import { workerOf } from './workers/worker.ts';

/**
 * Starts to serve, alone or as one of several workers.
 * @param host the process that it is
 * @throws ServiceError `bad-configuration`, `bad-knowledge`
 */
export async function serve(config: Config, packageRoot: string, host: NodeJS.Process): Promise<void> {
  const worker = workerOf(host);
  const log = pino({ level: config.logLevel }).child(worker ? { worker: worker.number } : {});
  let loaded = loadService(config, log, Date.now);
  const store = await openStore(config, log, Date.now);
  const reading = () => ({ ...store.status(), knowledgeOverdue: overdueNow(loaded).length });
  const metrics = await metricsOf(config, reading, worker);
  const tracing = config.traceCollector === undefined ? undefined : await tracingTo(config.traceCollector);
  const stopForwarding = await forwarding(config, store, log, metrics);
  const server = boundedServer();
  const stop = gracefulStop(server);
  await listening(server, config);
  const base = `http://${config.host}:${(server.address() as AddressInfo).port}`;
  let stopping = false;
  let checked = false;
  let demo: Demonstration | undefined;
  const build = async (next: Loaded): Promise<RequestListener> => {
    if (config.demonstration) demo ??= await demonstration(base, packageRoot, loaded);
    const own = {
      ...next,
      config: demo?.configOf(next.config) ?? next.config,
      store,
      metrics,
      log,
      clock: Date.now,
      startSpan: tracing?.start,
    };
    const state = { isStopping: () => stopping, isChecked: () => checked, lastReload: app.lastReload };
    const pagesDir = join(packageRoot, 'dist/app');
    const built = await createApp({ ...own, ...state, pagesDir, ...(demo && { extend: demo.extend }) });
    loaded = next;
    return built;
  };
  const again = async () => {
    const next = loadService(readConfig(host.env, packageRoot), log, Date.now);
    await selfCheck(conditionsIn(next));
    const built = await build(next);
    worker?.serving(servedBy(next));
    return built;
  };
  const app = inForce({ again, log, clock: Date.now, told: metrics.reloaded });
  // Before the next turn of the event loop: a request that comes early waits for the application.
  server.on('request', app.handle);
  // In a terminal the signal says that the terminal is gone: then the process ends, as any other.
  if (!host.stdout.isTTY) host.on('SIGHUP', () => void app.reload());
  await app.start(() => build(loaded));
  log.info({ base, topics: [...loaded.topics, ...loaded.plans].map(nameOf) }, 'listening');
  if (config.clientTrust === 'open') log.warn('CLIENT_TRUST=open: nobody is authenticated, every client is trusted');
  if (demo) host.stdout.write(demo.welcome);
  const end = () => {
    if (stopping) return;
    stopping = true;
    void stop().then(stopForwarding).then(tracing?.stop).then(store.close).then(worker?.leave);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) host.once(signal, end);
  // After the first requests can be answered: to load the engine takes longer than all the rest of a start.
  await selfCheck(conditionsIn(loaded)).then(
    () => {
      checked = true;
      worker?.serving(servedBy(loaded));
    },
    (error: unknown) => {
      log.fatal(
        error instanceof ServiceError ? { reason: error.message, details: error.details } : {},
        'self-check failed',
      );
      host.exitCode = 1;
      end();
    },
  );
}

/** What must be the same in all workers. */
const servedBy = ({ resources, config }: Loaded): unknown => [
  resources,
  config.site,
  config.issuers,
  config.fhirServers,
];

/** Loaded only when somebody collects spans. */
async function tracingTo(collector: string) {
  const { openTelemetry } = await import('./tracing/open-telemetry.ts');
  return openTelemetry(collector);
}

/** Loaded only when AuditEvents are to be handed on. @returns ends it */
async function forwarding(config: Config, { audit }: Store, log: Logger, { auditForwarded: told }: Metrics) {
  const { auditFhirServer: base, auditFhirToken: token } = config;
  if (base === undefined) return async () => {};
  const { forwardAudit } = await import('./audit-delivery/forward-audit.ts');
  return forwardAudit({ base, token, due: audit.due, log, told });
}

const overdueNow = ({ topics, plans, config }: Loaded): string[] =>
  overdueIn([...topics, ...plans], { now: Date.now(), zone: config.zone });

/** @throws ServiceError `bad-configuration` when the address cannot be had */
function listening(server: Server, { port, host }: Config): Promise<void> {
  return new Promise((resolve, reject) => {
    const refuse = ({ message }: Error) =>
      reject(new ServiceError('bad-configuration', 'HOST and PORT cannot be listened on', [message]));
    server.once('error', refuse).listen(port, host, resolve);
  });
}

type Demonstration = Awaited<ReturnType<typeof demonstration>>;

/** Loaded only when it is wanted: it costs a second and a hundred megabytes. */
async function demonstration(base: string, packageRoot: string, { config, topics }: Loaded) {
  const { mountDemonstration } = await import('../demo/mount.ts');
  const { welcome } = await import('../demo/welcome.ts');
  const { registeredForm, withDemonstration } = await import('../demo/demonstration-config.ts');
  const router = Router();
  const own = { app: registeredForm(config, base), origin: config.publicBaseUrl };
  // Once: what was written to its FHIR server outlives a reload.
  await mountDemonstration(router, { ...own, packageRoot, now: () => new Date() });
  return {
    configOf: (next: Config) => withDemonstration(next, base),
    welcome: welcome(base, topics[0]?.id ?? '', config.clientTrust),
    extend: async (app: Express) => {
      app.use(router);
    },
  };
}
