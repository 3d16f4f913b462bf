/** The check of a start: conditions beside the engine, on a fixed sample; until it has passed no calls are asked for. */
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import pino from 'pino';
import { readConfig } from '../../src/config.ts';
import { disagreements } from '../../src/fhir/closure-check.ts';
import { compileClosure } from '../../src/fhir/closures.ts';
import { conditionsIn, loadService } from '../../src/load-service.ts';
import { EMERGENCY, requestOf, topics } from '../harness/requests.ts';
import { startService } from '../harness/service.ts';
import { startProcess } from '../harness/service-process.ts';

const loaded = loadService(readConfig({ DEMONSTRATION: 'false' }, '.'), pino({ level: 'silent' }), Date.now);
const conditions = conditionsIn(loaded);

test('every condition of the knowledge is checked, and they all answer as the engine does', () => {
  expect(conditions.length).toBeGreaterThanOrEqual(loaded.topics.flatMap(({ atoms }) => atoms).length);
  expect(conditions.length).toBeGreaterThan(100);
  expect(disagreements(conditions)).toEqual([]);
});

test('when one closure answers otherwise, on a single value, then it is named, and no other', () => {
  const wrong = '%severity >= 7';
  expect(conditions.map(({ expression }) => expression)).toContain(wrong);
  const compile = (expression: string) => {
    const closure = compileClosure(expression);
    return expression === wrong
      ? (names: Record<string, unknown>) => names.severity === 8 || closure(names) === undefined
      : closure;
  };
  expect(disagreements(conditions, compile)).toEqual([wrong]);
});

test.each([
  [false, 503, 'checking'],
  [true, 200, 'ready'],
])(
  'when the check has passed: %s, then /readyz is %d, and calls are answered all the same',
  async (passed, code, said) => {
    const service = await startService({ topics, isChecked: () => passed });
    const answer = await fetch(`${service.base}/readyz`);
    expect([answer.status, await answer.json()]).toEqual([code, expect.objectContaining({ status: said })]);
    expect((await service.call(requestOf(EMERGENCY))).cards.length).toBeGreaterThan(0);
    await service.close();
  },
);

test('when the service starts then it is ready as soon as it has checked itself, and answers calls before', async () => {
  const service = await startProcess({ DATABASE_URL: 'memory:' });
  const statuses: string[] = [];
  for (let tries = 0; tries < 400 && statuses.at(-1) !== 'ready'; tries += 1) {
    const answer = await fetch(`${service.base}/readyz`);
    const { status } = (await answer.json()) as { status: string };
    expect(answer.status).toBe(status === 'ready' ? 200 : 503);
    statuses.push(status);
    expect((await fetch(`${service.base}/cds-services`)).status).toBe(200);
    await delay(20);
  }
  expect(statuses.at(-1)).toBe('ready');
  expect(statuses.slice(0, -1).filter((status) => status !== 'checking')).toEqual([]);
  expect(await service.end('SIGTERM')).toBe(0);
});
