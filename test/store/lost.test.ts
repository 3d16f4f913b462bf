/** The database is lost in the middle of the work, and comes back (bar R3). */
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import pg from 'pg';
import pino from 'pino';
import type { Card } from '../../src/cds-hooks/card.ts';
import type { Store } from '../../src/store/open-store.ts';
import { openReplica } from '../harness/databases.ts';
import { acceptance, FEEDBACK, override } from '../harness/feedback.ts';
import { postgresPrograms, type RunningPostgres, startPostgres } from '../harness/postgres.ts';
import { EMERGENCY, requestOf, SERVICE, topics } from '../harness/requests.ts';
import { type RunningService, startService } from '../harness/service.ts';
import { whenFound } from '../harness/when-found.ts';

const soon = () => Date.now() + 60_000;

whenFound('PostgreSQL', postgresPrograms !== undefined, () => {
  let postgres: RunningPostgres;
  let store: Store;
  let service: RunningService;
  let log: string[];
  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres.remove());
  beforeEach(async () => {
    log = [];
    const logger = pino({ level: 'trace' }, { write: (line: string) => log.push(line) });
    store = await openReplica(postgres.url, { log: logger, cardWaits: [] });
    service = await startService({ topics, store, log: logger });
  });
  afterEach(async () => {
    await service.close();
    await store.close();
  });

  const issuedCard = async () => (await service.call(requestOf(EMERGENCY))).cards[0] as Card;
  const send = (...feedback: unknown[]) => service.post(FEEDBACK, { feedback });
  const kept = async () => new Set((await postgres.query('select card from feedback')).map(({ card }) => card));
  const ready = async () => {
    const response = await fetch(`${service.base}/readyz`);
    const { store: said } = (await response.json()) as { store: Record<string, unknown> };
    return { status: response.status, database: said.database, replay: said.replay };
  };
  const until = async (wanted: string) => {
    for (let tries = 0; store.status().database !== wanted; tries++) {
      if (tries > 200) throw new Error(`the database is not ${wanted}`);
      await delay(50);
    }
  };

  test('when the server crashes and comes back then cards are served all the time, and what was acknowledged is there', async () => {
    const acknowledged: string[] = [];
    const statuses = new Map<number, number>();
    let working = true;
    const client = async () => {
      while (working) {
        const answer = await service.post(SERVICE, requestOf(EMERGENCY));
        expect(answer.status).toBe(200);
        const card = ((await answer.json()) as { cards: Card[] }).cards[0] as Card;
        const { status } = await send(override(card));
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
        if (status === 200) acknowledged.push(card.uuid);
      }
    };
    const clients = [client(), client(), client()];
    for (let round = 0; round < 2; round++) {
      await delay(300);
      await postgres.crash();
      await until('lost');
      await delay(300);
      await postgres.start();
      await until('ready');
    }
    await delay(300);
    working = false;
    await Promise.all(clients);
    expect([...statuses.keys()].sort()).toEqual([200, 503]);
    const found = await kept();
    expect(acknowledged.filter((card) => !found.has(card))).toEqual([]);
    expect(store.status().losses).toBeGreaterThanOrEqual(2);
  }, 60_000);

  test('when the database is lost then it is said, feedback is 503, and tokens are known to this process', async () => {
    await store.replayMemory.remember('i', 'before', soon());
    expect(await ready()).toEqual({ status: 200, database: 'ready', replay: 'all replicas' });
    await postgres.crash();
    const card = await issuedCard();
    const refused = await send(acceptance(card));
    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).toBe('1');
    expect(await ready()).toEqual({ status: 200, database: 'lost', replay: 'this process only' });
    const levels = log.map((line) => JSON.parse(line) as { level: number; msg: string; reason?: string });
    expect(levels.filter(({ level, msg }) => level === 50 && msg.includes('lost'))).toHaveLength(1);

    expect(await store.replayMemory.remember('i', 'before', soon())).toBe('seen');
    expect(await store.replayMemory.remember('i', 'during', soon())).toBe('new');
    expect(await store.replayMemory.remember('i', 'during', soon())).toBe('seen');

    await postgres.start();
    await until('ready');
    expect(await ready()).toEqual({ status: 200, database: 'ready', replay: 'all replicas' });
    // What was owed to the database was written: the card, and the token that another replica must know.
    expect((await send(acceptance(card))).status).toBe(200);
    const other = await openReplica(postgres.url);
    expect(await other.replayMemory.remember('i', 'during', soon())).toBe('seen');
    expect(await other.replayMemory.remember('i', 'before', soon())).toBe('seen');
    await other.close();
  }, 60_000);

  test('when the service starts without its database then it serves cards, and uses the database when it comes', async () => {
    await postgres.crash();
    const early = await openReplica(postgres.url, { cardWaits: [] });
    expect(early.status()).toMatchObject({ database: 'lost' });
    expect(await early.replayMemory.remember('i', 'early', soon())).toBe('new');
    await postgres.start();
    for (let tries = 0; early.status().database === 'lost' && tries < 200; tries++) await delay(50);
    expect(early.status()).toMatchObject({ database: 'ready' });
    await early.close();
    const later = await openReplica(postgres.url);
    expect(await later.replayMemory.remember('i', 'early', soon())).toBe('seen');
    await later.close();
  }, 60_000);

  test('when the database can only be read then feedback is 503 until it can be written', async () => {
    const readOnly = async (on: string) => {
      await postgres.query(`alter database postgres set default_transaction_read_only = ${on}`);
      await postgres.query(
        'select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and datname is not null',
      );
    };
    const card = await issuedCard();
    await send(acceptance(card));
    await readOnly('on');
    await until('lost');
    await delay(1500);
    expect((await send(override(card))).status).toBe(503);
    expect((await service.post(SERVICE, requestOf(EMERGENCY))).status).toBe(200);
    const admin = new pg.Client({ connectionString: postgres.url, options: '-c default_transaction_read_only=off' });
    await admin.connect();
    await admin.query('alter database postgres set default_transaction_read_only = off');
    await admin.end();
    await postgres.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and datname is not null',
    );
    await until('ready');
    expect((await send(override(card))).status).toBe(200);
  }, 60_000);

  test('when the database hangs then a token waits no longer than two seconds, and the next one not at all', async () => {
    const blocker = new pg.Client({ connectionString: postgres.url });
    await blocker.connect();
    await blocker.query('begin; lock table used_token, feedback in access exclusive mode');
    const started = performance.now();
    expect(await store.replayMemory.remember('i', 'hanging', soon())).toBe('new');
    expect(performance.now() - started).toBeLessThan(2500);
    const after = performance.now();
    expect(await store.replayMemory.remember('i', 'hanging too', soon())).toBe('new');
    expect(performance.now() - after).toBeLessThan(100);
    await blocker.query('rollback');
    await blocker.end();
    await until('ready');
    const rows = await postgres.query('select 1 from used_token');
    expect(rows.length).toBeGreaterThanOrEqual(2);
  }, 60_000);

  test.each([
    ['there is no such database', (url: string) => url.replace(/postgres$/, 'nowhere')],
    [
      'the address is none',
      (url: string) => url.replace('postgres@', 'postgres:secret-word@').replace(/:\d+\//, ':port/'),
    ],
    ['there is no such user', (url: string) => url.replace('postgres@', 'nobody:secret-word@')],
  ])('when %s then the start is refused, and no password is said', async (_, change) => {
    const error = await openReplica(change(postgres.url)).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: 'bad-configuration' });
    expect(JSON.stringify(error) + String(error)).not.toContain('secret-word');
  });
});
