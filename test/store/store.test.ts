/** What the store promises, on every database (bar R1, R4, J5). */
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, expect, test } from '@jest/globals';
import type { Store } from '../../src/store/open-store.ts';
import { onEachDatabase, openReplica } from '../harness/databases.ts';
import { aCard, accepted, HERE, overridden } from './entries.ts';

const DAY = 86_400_000;
const MINUTE = 60_000;

const stores: Store[] = [];
afterEach(async () => {
  for (const store of stores.splice(0)) await store.close();
});

onEachDatabase((database) => {
  const replica = async (options: Parameters<typeof openReplica>[1] = {}) => {
    const store = await openReplica(database().url, options);
    stores.push(store);
    return store;
  };
  const rows = (text: string) => database().query(text);
  const feedbackOf = (uuid: string) => rows(`select * from feedback where card = '${uuid}' order by outcome_at`);

  test('when cards are issued then what is needed to know them again is kept, and feedback for them is', async () => {
    const store = await replica();
    const [plain, bare] = [aCard({ fingerprint: 'f1' }), aCard({ level: undefined, rules: [] })];
    store.issuedCards.remember([plain, bare]);
    expect(await store.feedback.record(HERE, [accepted(plain), overridden(bare)])).toEqual(new Set());
    const [row] = await rows(`select * from issued_card where uuid = '${plain.uuid}'`);
    expect({ ...row, issued_at: Number(row?.issued_at) }).toEqual({
      uuid: plain.uuid,
      tenant: 'clinic',
      service: 'a-service',
      hook: 'patient-view',
      plan: 'a-service|1.0.0',
      level: 'high',
      rules: '["A1","B2"]',
      fingerprint: 'f1',
      issued_at: plain.issuedAt,
    });
    expect(await feedbackOf(plain.uuid)).toMatchObject([
      { outcome: 'accepted', accepted_suggestions: '["suggestion-1"]', comment: null },
    ]);
    expect(await feedbackOf(bare.uuid)).toMatchObject([
      { outcome: 'overridden', reason_code: 'other', comment: 'seen yesterday', accepted_suggestions: null },
    ]);
  });

  test('when feedback overtakes a card that another replica issues then it waits for the card', async () => {
    const [one, other] = [await replica(), await replica()];
    const card = aCard();
    const recorded = one.feedback.record(HERE, [accepted(card)]);
    setTimeout(() => other.issuedCards.remember([card]), 150);
    expect(await recorded).toEqual(new Set());
    expect(await feedbackOf(card.uuid)).toHaveLength(1);
  });

  test('when a card is unknown, of another tenant or of another service then it is named after a second; the others are kept', async () => {
    const store = await replica();
    const good = aCard();
    const strange = [aCard({ tenant: 'other' }), aCard({ service: 'other' })];
    store.issuedCards.remember([good, ...strange]);
    const never = aCard();
    const started = performance.now();
    const unknown = await store.feedback.record(
      HERE,
      [...strange, never, good].map((card) => accepted(card)),
    );
    expect(performance.now() - started).toBeGreaterThan(990);
    expect(unknown).toEqual(new Set([...strange, never].map(({ uuid }) => uuid)));
    expect(await feedbackOf(good.uuid)).toHaveLength(1);
    for (const { uuid } of strange) expect(await feedbackOf(uuid)).toEqual([]);
  });

  test('when the same feedback comes again then the first is kept; another outcome or time is another row', async () => {
    const store = await replica();
    const card = aCard();
    store.issuedCards.remember([card]);
    const again = { ...overridden(card), overrideReason: { userComment: 'second' } };
    await store.feedback.record(HERE, [overridden(card), again]);
    await store.feedback.record(HERE, [again, accepted(card), accepted(card, 1_700_000_000_001)]);
    const kept = await feedbackOf(card.uuid);
    expect(kept).toHaveLength(3);
    expect(kept.filter(({ outcome }) => outcome === 'overridden')).toMatchObject([{ comment: 'seen yesterday' }]);
  });

  test('when replicas get the same entries in opposite orders at once then none fails, and each is one row', async () => {
    const [one, other] = [await replica(), await replica()];
    const cards = Array.from({ length: 40 }, () => aCard());
    one.issuedCards.remember(cards);
    const entries = cards.map((card) => accepted(card));
    await one.feedback.record(HERE, [overridden(cards[0] as (typeof cards)[0])]);
    const rounds = Array.from({ length: 10 }, () => [
      one.feedback.record(HERE, entries),
      other.feedback.record(HERE, entries.toReversed()),
    ]);
    for (const unknown of await Promise.all(rounds.flat())) expect(unknown.size).toBe(0);
    const uuids = cards.map(({ uuid }) => `'${uuid}'`).join();
    expect(await rows(`select 1 from feedback where outcome = 'accepted' and card in (${uuids})`)).toHaveLength(40);
  });

  test('when a token is used fifty times at once on two replicas then one use is new', async () => {
    const replicas = [await replica(), await replica()];
    for (let round = 0; round < 5; round++) {
      const uses = Array.from({ length: 50 }, (_, index) =>
        replicas[index % 2]?.replayMemory.remember('https://ehr.example', `race-${round}`, Date.now() + MINUTE),
      );
      const answers = await Promise.all(uses);
      expect(answers.filter((answer) => answer === 'new')).toHaveLength(1);
      expect(answers.filter((answer) => answer === 'seen')).toHaveLength(49);
    }
  });

  test('when a token is used again after a restart then it is seen; the same jti of another issuer is new', async () => {
    const before = await replica();
    const expires = Date.now() + MINUTE;
    expect(await before.replayMemory.remember('https://ehr.example', 'restart', expires)).toBe('new');
    await before.close();
    const { replayMemory } = await replica();
    expect(await replayMemory.remember('https://ehr.example', 'restart', expires)).toBe('seen');
    expect(await replayMemory.remember('https://other.example', 'restart', expires)).toBe('new');
  });

  test('when issuer and jti are odd then they are told apart all the same', async () => {
    const { replayMemory } = await replica();
    const odd = ['\0', '"', "'; drop table used_token; --", 'x'.repeat(100_000), '\u{1F930}'];
    for (const jti of odd) expect(await replayMemory.remember('i', jti, Date.now() + MINUTE)).toBe('new');
    for (const jti of odd) expect(await replayMemory.remember('i', jti, Date.now() + MINUTE)).toBe('seen');
    expect(await replayMemory.remember('a","b', 'c', Date.now() + MINUTE)).toBe('new');
    expect(await replayMemory.remember('a', 'b","c', Date.now() + MINUTE)).toBe('new');
  });

  test('when tokens expired more than five minutes ago then they are removed, the others stay', async () => {
    const { replayMemory } = await replica();
    const now = Date.now();
    await rows('delete from used_token');
    await replayMemory.remember('i', 'expired', now - 5 * MINUTE - 1000);
    await replayMemory.remember('i', 'nearly', now - 5 * MINUTE + 1000);
    expect(await rows('select 1 from used_token')).toHaveLength(2);
    await replica({ clock: () => now });
    const left = (await rows('select expires_at from used_token')).map(({ expires_at }) => Number(expires_at));
    expect(left).toEqual([now - 5 * MINUTE + 1000]);
  });

  test('when cards are older than the retention then they go with their feedback, many at once; younger ones stay', async () => {
    const now = Date.now();
    const writer = await replica();
    const old = Array.from({ length: 2100 }, () => aCard({ issuedAt: now - 30 * DAY - 1000 }));
    const young = aCard({ issuedAt: now - 30 * DAY + 60_000 });
    writer.issuedCards.remember([...old, young]);
    await writer.feedback.record(
      HERE,
      [...old.slice(0, 5), young].map((card) => accepted(card)),
    );
    const count = async () => Number((await rows('select count(*) as n from issued_card'))[0]?.n);
    const before = await count();
    await replica({ clock: () => now });
    for (let tries = 0; (await count()) > before - 2100 && tries < 50; tries++) await delay(100);
    expect(await count()).toBe(before - 2100);
    expect(await feedbackOf(old[0]?.uuid ?? '')).toEqual([]);
    expect(await feedbackOf(young.uuid)).toHaveLength(1);
  });

  test('when the store is closed then the cards that were waiting are written', async () => {
    const store = await replica();
    const cards = Array.from({ length: 250 }, () => aCard({ hook: 'closing' }));
    store.issuedCards.remember(cards);
    expect(store.status()).toMatchObject({ database: 'ready', replay: 'all replicas', cardsWaiting: 250 });
    await store.close();
    expect(await rows("select 1 from issued_card where hook = 'closing'")).toHaveLength(250);
  });
});
