/** The image, built and run on this machine command by command: no Docker engine is needed to know that it works. */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type BuiltImage, buildNatively, readDockerfile } from './dockerfile.ts';

const instructions = readDockerfile('Dockerfile');
const folder = mkdtempSync(join(tmpdir(), 'image-'));
let image: BuiltImage;

beforeAll(() => {
  // Whoever the container runs as reads it.
  chmodSync(folder, 0o755);
  image = buildNatively(instructions, '.', folder);
}, 600_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the build context holds what is copied, and nothing else', () => {
  const admitted = readFileSync('.dockerignore', 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('!'));
  const copied = instructions
    .filter(({ word, rest }) => word === 'COPY' && !rest.startsWith('--from'))
    .flatMap(({ rest }) => rest.split(/\s+/).slice(0, -1));
  expect(admitted.map((line) => line.slice(1)).sort()).toEqual([...new Set(copied)].sort());
});

test('the image holds no tools of development, and what is needed to run', () => {
  expect(readdirSync(image.folder).sort()).toEqual(
    ['LICENSE', 'NOTICE', 'demo', 'dist', 'node_modules', 'package.json', 'plan-definitions', 'questionnaires'].sort(),
  );
  expect(existsSync(join(image.folder, 'node_modules/typescript'))).toBe(false);
  expect(existsSync(join(image.folder, 'node_modules/express'))).toBe(true);
});

test('its user is not root, and it serves as nobody, healthy, without writing a file', async () => {
  expect(image.user).toBe('node');
  const env = { ...image.env, ...trial, PORT: `${await freePort()}`, PATH: process.env.PATH ?? '' };
  const [program = '', ...parameters] = image.command;
  const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
  const before = readdirSync(image.folder, { recursive: true }).length;
  const service = spawn(program, parameters, {
    cwd: image.folder,
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
    ...nobody,
  });
  let complaints = '';
  service.stderr.on('data', (text) => {
    complaints += text;
  });
  try {
    await healthy(image.healthCheck, env, () => complaints);
    const services = (await (await fetch(`http://127.0.0.1:${env.PORT}/cds-services`)).json()) as { services: [] };
    expect(services.services.length).toBeGreaterThan(0);
    expect((await fetch(`http://127.0.0.1:${env.PORT}/form/`)).status).toBe(200);
    expect(readdirSync(image.folder, { recursive: true })).toHaveLength(before);
    const ended = once(service, 'exit');
    service.kill('SIGTERM');
    expect((await ended)[0]).toBe(0);
  } finally {
    service.kill('SIGKILL');
  }
}, 120_000);

/** As `docker-compose.yml` starts it for a trial: no authentication, nothing kept. */
const trial = { NODE_ENV: 'development', DEMONSTRATION: 'false', DATABASE_URL: 'memory:', HOST: '127.0.0.1' };

async function healthy(
  [program = '', ...parameters]: string[],
  env: Record<string, string>,
  complaints: () => string,
): Promise<void> {
  for (let tries = 0; ; tries++) {
    const well = await promisify(execFile)(program, parameters, { env }).then(
      () => true,
      () => false,
    );
    if (well) return;
    if (tries > 40) throw new Error(`never healthy: ${complaints()}`);
    await delay(500);
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
