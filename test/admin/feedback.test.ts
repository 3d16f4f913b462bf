/** `/admin/feedback`: what became of cards, on every database and in memory; for whoever holds the token. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Availability } from '../../src/store/availability.ts';
import { countFeedback } from '../../src/store/count-feedback.ts';
import { memoryTables } from '../../src/store/memory-tables.ts';
import type { Store } from '../../src/store/open-store.ts';
import type { Tables } from '../../src/store/tables.ts';
import { onEachDatabase, openReplica } from '../harness/databases.ts';
import { topics } from '../harness/requests.ts';
import { type RunningService, startService } from '../harness/service.ts';
import { aCard, accepted, HERE, overridden } from '../store/entries.ts';

const TOKEN = 'a-token-of-thirty-two-characters';
const NOW = '2026-11-25T10:00:00Z';
const authorization = `Bearer ${TOKEN}`;
const at = (instant: string) => ({ issuedAt: Date.parse(instant) });

/** Cards of two months, three services' worth of plans, confidential ones, and what was said of them. */
async function fill({ issuedCards, feedback }: Store): Promise<void> {
  const [one, two, three] = [
    aCard(at('2026-10-31T23:59:59Z')),
    aCard(at('2026-11-01T00:00:00Z')),
    aCard({ ...at('2026-11-20T00:00:00Z'), rules: ['=A1'], plan: 'a-service|2.0.0' }),
  ];
  const hidden = Array.from({ length: 6 }, (_, index) =>
    aCard({ ...at(index < 5 ? '2026-11-02T00:00:00Z' : '2026-10-02T00:00:00Z'), level: 'private', rules: [] }),
  );
  const bare = aCard({ ...at('2026-11-03T00:00:00Z'), level: 'reminder', rules: [] });
  const old = aCard(at('2024-01-01T00:00:00Z'));
  issuedCards.remember([one, two, three, ...hidden, bare, old]);
  const strange = { ...overridden(two, 2), overrideReason: { reason: { code: 'Mrs Kanarienvogel' } } };
  const silent = { ...overridden(three, 3), overrideReason: undefined };
  const said = [accepted(one), overridden(one), overridden(one, 1), strange, silent, accepted(two)];
  expect(await feedback.record(HERE, [...said, ...hidden.map((card) => overridden(card))])).toEqual(new Set());
}

const A1 = { hook: 'patient-view', shown: 1, accepted: 1, overridden: 1 };
const november = { ...A1, month: '2026-11', reasons: { unlisted: 1 } };
const october = { ...A1, month: '2026-10', reasons: { other: 1 } };
const newer = { ...A1, rule: '=A1', month: '2026-11', accepted: 0, reasons: { 'not-said': 1 } };
const hidden = {
  ...A1,
  rule: 'private',
  month: '2026-11',
  shown: 5,
  accepted: 0,
  overridden: 5,
  reasons: { other: 5 },
};

function counts(url: () => string): void {
  let store: Store;
  let service: RunningService;
  beforeAll(async () => {
    store = await openReplica(url(), { retentionDays: 3650 });
    service = await startService({ topics, store, now: NOW, config: { adminToken: TOKEN } });
    await fill(store);
  });
  afterAll(async () => {
    await service.close();
    await store.close();
  });
  const ask = (query: string, headers: Record<string, string> = {}) =>
    fetch(`${service.base}/admin/feedback${query}`, { headers: { authorization, ...headers } });
  const rows = async (query: string) => ((await (await ask(query)).json()) as { rows: unknown[] }).rows;

  test('when cards were answered then they are counted by rule, reason, hook and month; small private counts are left out', async () => {
    expect(await rows('')).toEqual([
      { ...october, rule: 'A1' },
      { ...october, rule: 'B2' },
      newer,
      { ...november, rule: 'A1' },
      { ...november, rule: 'B2' },
      hidden,
    ]);
  });

  test('when a period or a plan is asked for then only its cards are counted', async () => {
    expect(await rows('?from=2026-11-01&to=2026-11-01')).toHaveLength(2);
    expect(await rows('?from=2023-12-01&to=2024-01-31')).toMatchObject([{ rule: 'A1' }, { rule: 'B2' }]);
    expect(await rows(`?plan=${encodeURIComponent('a-service|2.0.0')}`)).toEqual([newer]);
    expect(await rows('?plan=a-service')).toHaveLength(6);
    expect(await rows("?plan=other'--")).toEqual([]);
  });

  test('when CSV is asked for then it is a table in which nothing is a formula', async () => {
    for (const answer of [await ask('?format=csv'), await ask('', { accept: 'text/csv' })]) {
      expect(answer.headers.get('content-type')).toMatch(/^text\/csv/);
      const lines = (await answer.text()).split('\r\n');
      expect(lines[0]).toBe('rule,hook,month,shown,accepted,overridden,reasons');
      expect(lines).toContain("'=A1,patient-view,2026-11,1,0,1,not-said 1");
      expect(lines).toHaveLength(8);
    }
  });
}

test('when a day holds too many cards for one question then it is counted hour by hour, to the same numbers', async () => {
  const tables = memoryTables();
  const issued = [0, 1, 59, 60, 23 * 60 + 59].map((minute) =>
    aCard({ issuedAt: Date.parse(NOW.slice(0, 10)) + minute * 60_000 }),
  );
  await tables.insertCards(issued);
  const asked: number[] = [];
  const slow: Tables = {
    ...tables,
    countFeedback: async (period) => {
      asked.push(period.until - period.from);
      if (period.until - period.from > 3_600_000) throw new Error('statement timeout');
      return tables.countFeedback(period);
    },
  };
  const period = { from: Date.parse(NOW.slice(0, 10)), until: Date.parse(NOW.slice(0, 10)) + 86_400_000 };
  const all = { isLost: () => false } as Availability;
  expect(await countFeedback(slow, all)(period)).toEqual(await countFeedback(tables, all)(period));
  expect(asked).toHaveLength(25);
  const broken: Tables = { ...tables, countFeedback: async () => Promise.reject(new Error('gone')) };
  await expect(countFeedback(broken, all)(period)).rejects.toMatchObject({ code: 'store-unavailable' });
});

describe('in memory', () => counts(() => 'memory:'));
onEachDatabase((database) => counts(() => database().url));

describe('who may ask', () => {
  const status = async (config: object, headers: Record<string, string> = {}, query = '') => {
    const service = await startService({ topics, config });
    const answer = await fetch(`${service.base}/admin/feedback${query}`, { headers });
    await service.close();
    return answer.status;
  };

  test('when no token is configured then there is nothing, save in the demonstration', async () => {
    expect(await status({}, { authorization })).toBe(404);
    expect(await status({ demonstration: true })).toBe(200);
  });

  test('when the token is missing or another one then 401, in the demonstration too', async () => {
    const config = { adminToken: TOKEN };
    expect(await status(config)).toBe(401);
    expect(await status({ ...config, demonstration: true })).toBe(401);
    for (const wrong of [`${authorization}x`, authorization.slice(0, -1), 'Bearer ', TOKEN, 'Basic YTpi']) {
      expect(await status(config, { authorization: wrong })).toBe(401);
    }
    expect(await status(config, { authorization })).toBe(200);
    expect(await status(config, { authorization, 'sec-fetch-site': 'cross-site' })).toBe(403);
  });

  test.each(['from=yesterday', 'from=2026-11-02&to=2026-11-01', 'from=1990-01-01', 'format=xml', 'who=1', 'to=1&to=2'])(
    'when the query is %s then it is refused',
    async (query) => expect(await status({ adminToken: TOKEN }, { authorization }, `?${query}`)).toBe(400),
  );
});
