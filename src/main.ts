/** Reads the environment, and serves in this process or in several. The only file that touches the process. */
import cluster from 'node:cluster';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pino from 'pino';
import { shownConfig } from './config/shown.ts';
import { type Config, readConfig } from './config.ts';
import { ServiceError } from './errors.ts';

const packageRoot = findPackageRoot(dirname(fileURLToPath(import.meta.url)));

try {
  const config = readConfig(process.env, packageRoot);
  if (cluster.isPrimary) pino({ level: config.logLevel }).info({ config: shownConfig(config) }, 'configuration');
  await (config.workers > 1 && cluster.isPrimary ? serveInWorkers(config) : serveHere(config));
} catch (error) {
  if (!(error instanceof ServiceError)) throw error;
  // Something may be open that would keep the process alive.
  process.stderr.write(`${[`${error.code}: ${error.message}`, ...error.details].join('\n  ')}\n`, () =>
    process.exit(1),
  );
}

async function serveHere(config: Config): Promise<void> {
  const { serve } = await import('./serve.ts');
  await serve(config, packageRoot, process);
}

/** This process serves nothing itself: it loads no knowledge. */
async function serveInWorkers({ workers, logLevel }: Config): Promise<void> {
  const { supervise } = await import('./workers/supervise.ts');
  const log = pino({ level: logLevel });
  const { reload, stop, ended } = supervise({ workers, log, clock: Date.now });
  if (!process.stdout.isTTY) process.on('SIGHUP', reload);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, stop);
  process.exitCode = await ended;
}

/** The folder of package.json: source and compiled code lie at different depths. */
function findPackageRoot(folder: string): string {
  return existsSync(join(folder, 'package.json')) || folder === dirname(folder)
    ? folder
    : findPackageRoot(dirname(folder));
}
