/** Reads the environment, loads the knowledge, listens, stops gracefully. The only file that touches the process. */
import { existsSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Express } from 'express';
import pino, { type Logger } from 'pino';
import { createApp } from './app.ts';
import { type Config, readConfig } from './config.ts';
import { ServiceError } from './errors.ts';
import { resourcesIn } from './fhir/bundles.ts';
import { boundedServer } from './http/bounded-server.ts';
import { gracefulStop } from './http/graceful-stop.ts';
import { applySite } from './knowledge/apply-site.ts';
import { compileKnowledge, loadTopics, readKnowledgeFiles } from './knowledge/load.ts';
import type { Topic } from './knowledge/topic.ts';
import { compilePlans } from './plan/compile-plans.ts';
import { openStore } from './store/open-store.ts';

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
  const files = readKnowledgeFiles(config.knowledgeDir);
  const topics = applySite(compileKnowledge(files), config.site);
  const plans = compilePlans(files);
  const shadowTopics = loadShadow(config, log);
  const store = await openStore(config, log, Date.now);
  const server = boundedServer();
  const stop = gracefulStop(server);
  let stopping = false;
  await new Promise<void>((resolve, reject) => {
    const refuse = ({ message }: Error) =>
      reject(new ServiceError('bad-configuration', 'HOST and PORT cannot be listened on', [message]));
    server.once('error', refuse).listen(config.port, config.host, resolve);
  });
  const base = `http://${config.host}:${(server.address() as AddressInfo).port}`;
  const demo = config.demonstration ? await demonstration(base, topics, config) : undefined;
  const resources = files.flatMap(({ resource }) => resourcesIn(resource));
  const own = { config: demo?.config ?? config, topics, plans, resources, shadowTopics, store };
  const pagesDir = join(packageRoot, 'dist/app');
  const parts = { ...own, pagesDir, isStopping: () => stopping, clock: Date.now, log };
  const app = createApp(demo ? { ...parts, extend: demo.extend } : parts);
  // A request that comes before the application is built waits for it.
  server.on('request', (request, response) => void app.then((handle) => handle(request, response)));
  await app;
  log.info({ base, topics: [...topics, ...plans].map(({ id, version }) => `${id}|${version}`) }, 'listening');
  if (config.clientTrust === 'open') log.warn('CLIENT_TRUST=open: nobody is authenticated, every client is trusted');
  if (demo) process.stdout.write(demo.welcome);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      stopping = true;
      void stop().then(store.close);
    });
  }
}

/** Knowledge that is only compared must not keep the service from starting; that it is refused is said. */
function loadShadow({ shadowKnowledgeDir, site }: Config, log: Logger): Topic[] | undefined {
  if (shadowKnowledgeDir === undefined) return undefined;
  try {
    return applySite(loadTopics(shadowKnowledgeDir), site);
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    log.error({ code: error.code, details: error.details }, 'no shadow: its knowledge is refused');
    return undefined;
  }
}

/** Loaded only when it is wanted: it costs a second and a hundred megabytes. */
async function demonstration(base: string, topics: Topic[], config: Config) {
  const { mountDemonstration } = await import('../demo/mount.ts');
  const { welcome } = await import('../demo/welcome.ts');
  const { registeredForm, withDemonstration } = await import('../demo/demonstration-config.ts');
  const own = { app: registeredForm(config, base), origin: config.publicBaseUrl };
  return {
    config: withDemonstration(config, base),
    welcome: welcome(base, topics[0]?.id ?? '', config.clientTrust),
    extend: (app: Express) => mountDemonstration(app, { ...own, packageRoot, now: () => new Date() }),
  };
}

/** The folder of package.json: source and compiled code lie at different depths. */
function findPackageRoot(folder: string): string {
  return existsSync(join(folder, 'package.json')) || folder === dirname(folder)
    ? folder
    : findPackageRoot(dirname(folder));
}
