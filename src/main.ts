/** Reads the environment, loads the knowledge, listens, stops gracefully. The only file that touches the process. */
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pino from 'pino';
import { createApp } from './app.ts';
import { readConfig } from './config.ts';
import { ServiceError } from './errors.ts';
import { loadTopics } from './knowledge/load.ts';

const packageRoot = findPackageRoot(dirname(fileURLToPath(import.meta.url)));

try {
  await start();
} catch (error) {
  if (!(error instanceof ServiceError)) throw error;
  process.stderr.write(`${[`${error.code}: ${error.message}`, ...error.details].join('\n  ')}\n`);
  process.exitCode = 1;
}

async function start(): Promise<void> {
  const config = readConfig(process.env, packageRoot);
  const log = pino({ level: config.logLevel });
  const topics = loadTopics(config.knowledgeDir);
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(config.port, config.host, resolve);
  });
  const base = `http://${config.host}:${(server.address() as AddressInfo).port}`;
  const served = config.demonstration ? { ...config, fhirServers: [...config.fhirServers, `${base}/fhir`] } : config;
  const extend = config.demonstration ? await demonstration() : undefined;
  server.on('request', await createApp({ config: served, topics, clock: Date.now, log, ...(extend && { extend }) }));
  log.info({ base, topics: topics.map(({ id, version }) => `${id}|${version}`) }, 'listening');
  if (config.demonstration) process.stdout.write(welcome(base, topics[0]?.id ?? ''));
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => server.close());
}

async function demonstration() {
  const { mountDemonstration } = await import('../demo/mount.ts');
  return (app: Parameters<typeof mountDemonstration>[0]) =>
    mountDemonstration(app, { packageRoot, now: () => new Date() });
}

function welcome(base: string, service: string): string {
  return [
    '',
    `  Page          ${base}/`,
    `  CDS services  ${base}/cds-services`,
    `  FHIR          ${base}/fhir`,
    '  Clients are not authenticated: for demonstration and development only.',
    '',
    '  Try:',
    `  curl -s ${base}/cds-services/${service} -H 'content-type: application/json' -d '${example(base)}'`,
    '',
    '',
  ].join('\n');
}

function example(base: string): string {
  return JSON.stringify({
    hook: 'patient-view',
    hookInstance: '3f1c1c5e-6f0a-4a52-9a3e-0d8f9f1f7c11',
    fhirServer: `${base}/fhir`,
    context: { userId: 'Practitioner/demo', patientId: 'emergency' },
  });
}

/** The folder of package.json: source and compiled code lie at different depths. */
function findPackageRoot(folder: string): string {
  return existsSync(join(folder, 'package.json')) || folder === dirname(folder)
    ? folder
    : findPackageRoot(dirname(folder));
}
