/** Knowledge and workers: all serve the same, and what does not start is said. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from '@jest/globals';
import { EMERGENCY, requestOf, SERVICE } from '../harness/requests.ts';
import { type ServiceProcess, startProcess } from '../harness/service-process.ts';
import { ask, ENVIRONMENT, linesOf, pidsOf, startWorkers, until, workersServing } from './service.ts';

const PLAN = 'plan-definitions/back-pain-in-pregnancy.json';
const folder = mkdtempSync(join(tmpdir(), 'workers-knowledge-'));
const text = readFileSync(PLAN, 'utf8');
const { version } = JSON.parse(text) as { version: string };
const write = (plan: string) => writeFileSync(join(folder, PLAN), plan);
const another = () => write(text.replace(`"version": "${version}"`, '"version": "9.1.0"'));

beforeEach(() => {
  for (const name of ['plan-definitions', 'questionnaires']) cpSync(name, join(folder, name), { recursive: true });
});
afterAll(() => rmSync(folder, { recursive: true }));

const said = (service: ServiceProcess, message: string) =>
  linesOf(service).filter(({ msg }) => msg.startsWith(message)).length;

/** The versions that the workers answer by, each asked several times. */
async function versions(service: ServiceProcess): Promise<string[]> {
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => ask(service, { path: SERVICE, body: requestOf(EMERGENCY) })),
  );
  return [...new Set(answers.map(({ text }) => /"back-pain-in-pregnancy\|([\d.]+)"/.exec(text)?.[1] ?? text))].sort();
}

test('when the process above is told to reload then all workers serve the other version', async () => {
  const service = await startWorkers({ KNOWLEDGE_DIR: folder });
  expect(await versions(service)).toEqual([version]);
  another();
  service.signal('SIGHUP');
  await until(() => said(service, 'reloaded') === 2);
  expect(await versions(service)).toEqual(['9.1.0']);
  expect(await service.end('SIGTERM')).toBe(0);
}, 60_000);

test('when a worker was replaced after the files were changed then it is said that they differ, until a reload', async () => {
  const service = await startWorkers({ KNOWLEDGE_DIR: folder });
  another();
  process.kill(pidsOf(service).get(2) ?? 0, 'SIGKILL');
  await until(() => said(service, 'workers serve different knowledge') === 1);
  expect(await versions(service)).toEqual([version, '9.1.0']);
  service.signal('SIGHUP');
  await until(() => said(service, 'reloaded') === 2);
  expect(await versions(service)).toEqual(['9.1.0']);
  expect(await service.end('SIGTERM')).toBe(0);
}, 90_000);

test('when another cannot start then the one that is left serves, and it is tried again', async () => {
  const service = await startWorkers({ KNOWLEDGE_DIR: folder });
  write('{');
  process.kill(pidsOf(service).get(2) ?? 0, 'SIGKILL');
  await until(() => said(service, 'a worker has ended') >= 3);
  expect([await versions(service), await workersServing(service)]).toEqual([[version], 1]);
  write(text);
  await until(async () => (await workersServing(service)) === 2);
  expect(await service.end('SIGTERM')).toBe(0);
}, 90_000);

test('when the first cannot start then the service ends as one process would', async () => {
  write('{');
  await expect(startProcess({ ...ENVIRONMENT(), KNOWLEDGE_DIR: folder })).rejects.toThrow('ended with 1');
}, 60_000);
