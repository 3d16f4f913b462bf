/** Knowledge and workers: all serve the same, and what does not start is said. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { EMERGENCY, requestOf, SERVICE } from '../harness/requests.ts';
import { type ServiceProcess, startProcess } from '../harness/service-process.ts';
import { ask, ENVIRONMENT, linesOf, pidsOf, startWorkers, until, workersServing } from './service.ts';

const PLAN = 'plan-definitions/back-pain-in-pregnancy.json';
const folder = mkdtempSync(join(tmpdir(), 'workers-knowledge-'));
const text = readFileSync(PLAN, 'utf8');
const { version } = JSON.parse(text) as { version: string };
const write = (plan: string) => writeFileSync(join(folder, PLAN), plan);
const ofVersion = (other: string) => text.replace(`"version": "${version}"`, `"version": "${other}"`);

/** The versions that the workers answer by, each asked several times. */
async function versions(): Promise<string[]> {
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => ask(service, { path: SERVICE, body: requestOf(EMERGENCY) })),
  );
  return [...new Set(answers.map(({ text }) => /"back-pain-in-pregnancy\|([\d.]+)"/.exec(text)?.[1] ?? text))].sort();
}

let service: ServiceProcess;
beforeAll(async () => {
  for (const name of ['plan-definitions', 'questionnaires']) cpSync(name, join(folder, name), { recursive: true });
  service = await startWorkers({ KNOWLEDGE_DIR: folder });
}, 60_000);
afterAll(async () => {
  await service.end('SIGTERM');
  rmSync(folder, { recursive: true });
}, 60_000);

/** What was said since the last time. */
function listen() {
  const before = linesOf(service).length;
  return (message: string) =>
    linesOf(service)
      .slice(before)
      .filter(({ msg }) => msg.startsWith(message)).length;
}

test('when the process above is told to reload then all workers serve the other version', async () => {
  expect(await versions()).toEqual([version]);
  write(ofVersion('9.1.0'));
  const said = listen();
  service.signal('SIGHUP');
  await until(() => said('reloaded') === 2);
  expect(await versions()).toEqual(['9.1.0']);
}, 60_000);

test('when a worker was replaced after the files were changed then it is said that they differ, until a reload', async () => {
  write(ofVersion('9.2.0'));
  const said = listen();
  process.kill(pidsOf(service).get(2) ?? 0, 'SIGKILL');
  await until(() => said('workers serve different knowledge') === 1);
  expect(await versions()).toEqual(['9.1.0', '9.2.0']);
  service.signal('SIGHUP');
  await until(() => said('reloaded') === 2);
  expect(await versions()).toEqual(['9.2.0']);
}, 90_000);

test('when another cannot start then the one that is left serves, and it is tried again', async () => {
  write('{');
  const said = listen();
  process.kill(pidsOf(service).get(2) ?? 0, 'SIGKILL');
  await until(() => said('a worker has ended') >= 3);
  expect([await versions(), await workersServing(service)]).toEqual([['9.2.0'], 1]);
  write(text);
  await until(async () => (await workersServing(service)) === 2);
}, 90_000);

test('when the first cannot start then the service ends as one process would', async () => {
  write('{');
  await expect(startProcess({ ...ENVIRONMENT(), KNOWLEDGE_DIR: folder })).rejects.toThrow('ended with 1');
}, 60_000);
