/** The process is ended in the middle of its work (bar R3, R4): what was acknowledged is there. */
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import type { Card, CdsResponse } from '../../src/cds-hooks/card.ts';
import { onEachDatabase } from '../harness/databases.ts';
import { acceptance, FEEDBACK, override } from '../harness/feedback.ts';
import { EMERGENCY, requestOf, SERVICE } from '../harness/requests.ts';
import { type ServiceProcess, startProcess } from '../harness/service-process.ts';

const KILLS = 3;
const CLIENTS = 6;

const request = JSON.stringify(requestOf(EMERGENCY));

const post = (base: string, path: string, body: string) =>
  fetch(`${base}${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });

onEachDatabase((database) => {
  const start = () => startProcess({ DATABASE_URL: database().url });
  const keptCards = async () =>
    new Set((await database().query('select uuid from issued_card')).map(({ uuid }) => String(uuid)));
  const keptFeedback = async () =>
    new Set((await database().query('select card, outcome from feedback')).map((row) => `${row.card} ${row.outcome}`));

  /** Calls and sends feedback until the process is gone, and notes what was acknowledged. */
  async function work({ base }: ServiceProcess, acknowledged: string[]): Promise<void> {
    try {
      for (;;) {
        const answer = await post(base, SERVICE, request);
        const card = ((await answer.json()) as CdsResponse).cards[0] as Card;
        const entries = [acceptance(card), override(card)];
        const { status } = await post(base, FEEDBACK, JSON.stringify({ feedback: entries }));
        if (status === 200) acknowledged.push(...entries.map((entry) => `${entry.card} ${entry.outcome}`));
      }
    } catch {
      // The process is gone.
    }
  }

  test(`when it is killed ${KILLS} times under load then no acknowledged feedback is lost, and there are no half rows`, async () => {
    const acknowledged: string[] = [];
    for (let kill = 0; kill < KILLS; kill++) {
      const service = await start();
      const before = acknowledged.length;
      const working = Array.from({ length: CLIENTS }, () => work(service, acknowledged));
      // In the middle of the work, however fast the machine is.
      while (acknowledged.length < before + 2 * CLIENTS) await delay(5);
      await delay(kill * 7);
      expect(await service.end('SIGKILL')).toBe('SIGKILL');
      await Promise.all(working);
    }
    const kept = await keptFeedback();
    expect(acknowledged.filter((entry) => !kept.has(entry))).toEqual([]);
    for (const entry of kept) expect(kept).toContain(entry.replace(/\w+$/, (outcome) => other(outcome)));
  }, 120_000);

  const other = (outcome: string) => (outcome === 'accepted' ? 'overridden' : 'accepted');

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
