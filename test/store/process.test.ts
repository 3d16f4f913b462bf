/** The process is asked to end in the middle of its work (bar R4); test/crash kills it. */
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import type { CdsResponse } from '../../src/cds-hooks/card.ts';
import { onEachDatabase } from '../harness/databases.ts';
import { EMERGENCY, requestOf, SERVICE } from '../harness/requests.ts';
import { startProcess } from '../harness/service-process.ts';

const request = JSON.stringify(requestOf(EMERGENCY));

const post = (base: string, path: string, body: string) =>
  fetch(`${base}${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });

onEachDatabase((database) => {
  const start = () => startProcess({ DATABASE_URL: database().url });
  const keptCards = async () =>
    new Set((await database().query('select uuid from issued_card')).map(({ uuid }) => String(uuid)));
  test('when it is asked to end while it answers then it answers, writes the cards, and ends well within ten seconds', async () => {
    const service = await start();
    await (await post(service.base, SERVICE, request)).text();
    const answers = Array.from({ length: 20 }, () => post(service.base, SERVICE, request));
    const started = performance.now();
    const ended = service.end('SIGTERM');
    // Answers longer than what a connection takes at once, and a client that reads late: none is cut short.
    const cards = (await Promise.all(answers.map(async (answer) => (await answer).json() as Promise<CdsResponse>))).map(
      (answer) => answer.cards,
    );
    expect(await ended).toBe(0);
    expect(performance.now() - started).toBeLessThan(10_000);
    expect(cards.map(({ length }) => length > 0)).toEqual(Array(20).fill(true));
    const kept = await keptCards();
    expect(cards.flat().filter(({ uuid }) => !kept.has(uuid))).toEqual([]);
  }, 60_000);
});

test('when a client keeps its request unfinished then the end comes within ten seconds all the same', async () => {
  const service = await startProcess({ DATABASE_URL: 'memory:' });
  const { hostname, port } = new URL(service.base);
  const slow = connect(Number(port), hostname);
  slow.on('error', () => undefined);
  slow.write(`POST ${SERVICE} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{`);
  await delay(100);
  const started = performance.now();
  expect(await service.end('SIGTERM')).toBe(0);
  expect(performance.now() - started).toBeLessThan(10_000);
  slow.destroy();
}, 60_000);
