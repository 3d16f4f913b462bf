/** Reads the environment, loads the knowledge, listens, stops gracefully. The only file that touches the process. */
import { existsSync } from 'node:fs';
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Express, Router } from 'express';
import pino, { type Logger } from 'pino';
import { createApp } from './app.ts';
import { shownConfig } from './config/shown.ts';
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

const packageRoot = findPackageRoot(dirname(fileURLToPath(import.meta.url)));

try {
  await start();
} catch (error) {
  if (!(error instanceof ServiceError)) throw error;
  // Something may be open that would keep the process alive.
  process.stderr.write(`${[`${error.code}: ${error.message}`, ...error.details].join('\n  ')}\n`, () =>
    process.exit(1),
  );
}

async function start(): Promise<void> {
  const config = readConfig(process.env, packageRoot);
  const log = pino({ level: config.logLevel });
  log.info({ config: shownConfig(config) }, 'configuration');
  let loaded = loadService(config, log, Date.now);
  const store = await openStore(config, log, Date.now);
  const metrics = await metricsOf(config, () => ({ ...store.status(), knowledgeOverdue: overdueNow(loaded).length }));
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
    if (config.demonstration) demo ??= await demonstration(base, loaded);
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
    const next = loadService(readConfig(process.env, packageRoot), log, Date.now);
    await selfCheck(conditionsIn(next));
    return build(next);
  };
  const app = inForce({ again, log, clock: Date.now, told: metrics.reloaded });
  // Before the next turn of the event loop: a request that comes early waits for the application.
  server.on('request', app.handle);
  // In a terminal the signal says that the terminal is gone: then the process ends, as any other.
  if (!process.stdout.isTTY) process.on('SIGHUP', () => void app.reload());
  await app.start(() => build(loaded));
  log.info({ base, topics: [...loaded.topics, ...loaded.plans].map(nameOf) }, 'listening');
  if (config.clientTrust === 'open') log.warn('CLIENT_TRUST=open: nobody is authenticated, every client is trusted');
  if (demo) process.stdout.write(demo.welcome);
  const end = () => {
    stopping = true;
    void stop().then(stopForwarding).then(tracing?.stop).then(store.close);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, end);
  // After the first requests can be answered: to load the engine takes longer than all the rest of a start.
  await selfCheck(conditionsIn(loaded)).then(
    () => {
      checked = true;
    },
    (error: unknown) => {
      log.fatal(
        error instanceof ServiceError ? { reason: error.message, details: error.details } : {},
        'self-check failed',
      );
      process.exitCode = 1;
      end();
    },
  );
}

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
async function demonstration(base: string, { config, topics }: Loaded) {
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

/** The folder of package.json: source and compiled code lie at different depths. */
function findPackageRoot(folder: string): string {
  return existsSync(join(folder, 'package.json')) || folder === dirname(folder)
    ? folder
    : findPackageRoot(dirname(folder));
}
