/** Where nothing is installed, and what a queue that nobody empties does. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import pino from 'pino';
import type { IssuedCard } from '../../src/cds-hooks/issued-cards.ts';
import { openStore } from '../../src/store/open-store.ts';
import { writeBehind } from '../../src/store/write-behind.ts';
import { aCard, accepted, HERE } from './entries.ts';

const folder = mkdtempSync(join(tmpdir(), 'store-fallback-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const lines: string[] = [];
const log = pino({ level: 'warn' }, { write: (line: string) => lines.push(line) });

/** A path on which no database can be made: its folder is a file. */
function unusable(): string {
  writeFileSync(join(folder, 'file'), '');
  return `sqlite:${join(folder, 'file', 'store.sqlite')}`;
}

test('when the default database cannot be opened then everything works in memory, and that is said loudly', async () => {
  const store = await openStore({ database: { url: unusable(), chosen: false }, retentionDays: 1 }, log, Date.now);
  expect(lines.join()).toContain('NOTHING IS KEPT');
  expect(store.status()).toMatchObject({ kind: 'memory', replay: 'this process only' });
  const card = aCard();
  const foreign = aCard({ tenant: 'other' });
  store.issuedCards.remember([card, foreign]);
  expect(await store.feedback.record(HERE, [accepted(card), accepted(foreign)])).toEqual(new Set([foreign.uuid]));
  const uses = Array.from({ length: 20 }, () => store.replayMemory.remember('i', 'j', Date.now() + 1000));
  expect((await Promise.all(uses)).filter((use) => use === 'new')).toHaveLength(1);
  await store.close();
});

test('when the site chose that database then the start is refused', async () => {
  const opened = openStore({ database: { url: unusable(), chosen: true }, retentionDays: 1 }, log, Date.now);
  await expect(opened).rejects.toMatchObject({ code: 'bad-configuration' });
});

test('when cards cannot be written for long then the newest are kept, the others are counted', async () => {
  let lost = true;
  const written: string[] = [];
  let told = 0;
  const queue = writeBehind<IssuedCard>(
    async (cards) => {
      if (lost) throw new Error('lost');
      written.push(...cards.map(({ uuid }) => uuid));
    },
    () => {
      told += 1;
    },
  );
  const cards = Array.from({ length: 20_001 }, () => aCard());
  for (const card of cards) queue.remember([card]);
  await expect(queue.flush()).rejects.toThrow('lost');
  expect([queue.waiting(), queue.dropped(), told]).toEqual([18_000, 2001, 1]);
  lost = false;
  await queue.flush();
  expect(written).toEqual(cards.slice(2001).map(({ uuid }) => uuid));
});
