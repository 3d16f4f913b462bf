/** The feedback endpoint among strangers (bar R1, S6): once, whose, how much, and nothing of it in the log. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pino from 'pino';
import { type Card, EXTENSION_NAME } from '../../src/cds-hooks/card.ts';
import { MOST_ENTRIES } from '../../src/cds-hooks/feedback.ts';
import type { Store } from '../../src/store/open-store.ts';
import { onEachDatabase, openReplica } from '../harness/databases.ts';
import { AT, acceptance, FEEDBACK, override } from '../harness/feedback.ts';
import { EMERGENCY, requestOf, topics } from '../harness/requests.ts';
import { type RunningService, startService } from '../harness/service.ts';

onEachDatabase((database) => {
  let service: RunningService;
  let store: Store;
  let log = '';
  beforeAll(async () => {
    const write = (line: string) => {
      log += line;
    };
    const logger = pino({ level: 'trace' }, { write });
    store = await openReplica(database().url, { log: logger, cardWaits: [20] });
    // As client authentication does.
    const before = (request: { get: (name: string) => string | undefined }, response: { locals: object }) =>
      Object.assign(response.locals, { tenant: request.get('x-tenant') });
    service = await startService({
      topics,
      store,
      log: logger,
      before: (request, response, next) => {
        before(request, response);
        next();
      },
    });
  });
  afterAll(async () => {
    await service.close();
    await store.close();
  });

  const send = (feedback: unknown, tenant?: string) =>
    fetch(`${service.base}${FEEDBACK}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(tenant && { 'x-tenant': tenant }) },
      body: JSON.stringify({ feedback }),
    });
  const issuedCard = async () => (await service.call(requestOf(EMERGENCY))).cards[0] as Card;
  const feedbackOf = ({ uuid }: Card) =>
    database().query(`select * from feedback where card = '${uuid}' order by outcome_at`);
  const faultsOf = async (response: Response) =>
    ((await response.json()) as { issue: { diagnostics: string }[] }).issue.map(({ diagnostics }) => diagnostics);

  test('when a card is issued then its rules, level, plan and hook are kept', async () => {
    const card = await issuedCard();
    await send([override(card)]);
    const [row] = await database().query(`select * from issued_card where uuid = '${card.uuid}'`);
    const { level, plan, fired = [], open = [] } = card.extension[EXTENSION_NAME];
    expect(row).toMatchObject({
      level,
      plan,
      rules: JSON.stringify([...fired, ...open]),
      hook: 'patient-view',
      service: 'back-pain-in-pregnancy',
      tenant: 'open',
    });
    expect(fired.length).toBeGreaterThan(0);
  });

  test('when the same feedback is sent a hundred times at once then each is acknowledged, and there is one row', async () => {
    const card = await issuedCard();
    const answers = await Promise.all(Array.from({ length: 100 }, () => send([acceptance(card)])));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(await feedbackOf(card)).toHaveLength(1);
  });

  test('when the same instant is written in another way then it is the same feedback', async () => {
    const card = await issuedCard();
    await send([override(card, AT), override(card, '2026-11-25T11:05:00.000+01:00')]);
    expect(await feedbackOf(card)).toHaveLength(1);
  });

  test('when the EHR writes the uuid in capitals then the card is known', async () => {
    const card = await issuedCard();
    expect((await send([{ ...override(card), card: card.uuid.toUpperCase() }])).status).toBe(200);
    expect(await feedbackOf(card)).toHaveLength(1);
  });

  test('when some cards are unknown then the others are kept, and 404 names the unknown ones', async () => {
    const card = await issuedCard();
    const nobody = randomUUID();
    const response = await send([
      { ...override(card), card: nobody },
      override(card),
      { ...override(card), card: 'it' },
    ]);
    expect(response.status).toBe(404);
    expect(await faultsOf(response)).toEqual([
      'This service issued no such card; 1 of 3 entries are kept',
      `feedback.0.card: ${nobody} is not known`,
      'feedback.2.card: is no uuid',
    ]);
    expect(await feedbackOf(card)).toHaveLength(1);
  });

  test("when a card is another tenant's then it is as unknown as one that was never issued", async () => {
    const card = await issuedCard();
    const [foreign, never] = [
      await send([override(card)], 'stranger'),
      await send([{ ...override(card), card: randomUUID() }], 'stranger'),
    ];
    expect([foreign.status, never.status]).toEqual([404, 404]);
    const withoutUuid = (faults: string[]) => faults.map((fault) => fault.replace(/[0-9a-f-]{36}/, ''));
    expect(withoutUuid(await faultsOf(foreign))).toEqual(withoutUuid(await faultsOf(never)));
    expect(await feedbackOf(card)).toEqual([]);
  });

  test('when one entry is wrong then 400 names it and nothing is kept', async () => {
    const card = await issuedCard();
    const response = await send([override(card), { ...acceptance(card), acceptedSuggestions: undefined }]);
    expect(response.status).toBe(400);
    expect((await faultsOf(response)).join()).toContain('feedback.1.acceptedSuggestions');
    expect(await feedbackOf(card)).toEqual([]);
  });

  test('when a request holds the most entries then it is taken; when one more then 413 and nothing is kept', async () => {
    const card = await issuedCard();
    const at = (index: number) => new Date(Date.parse(AT) + index).toISOString();
    const entries = Array.from({ length: MOST_ENTRIES + 1 }, (_, index) => override(card, at(index)));
    expect((await send(entries)).status).toBe(413);
    expect(await feedbackOf(card)).toEqual([]);
    expect((await send(entries.slice(1))).status).toBe(200);
    expect(await feedbackOf(card)).toHaveLength(MOST_ENTRIES);
  });

  test('when a batch of ten thousand comes then it is refused as too large', async () => {
    const card = await issuedCard();
    expect((await send(Array.from({ length: 10_000 }, () => override(card)))).status).toBe(413);
  });

  test.each([
    ['a zero character', 'a\0b'],
    ['half a character', 'a\ud800b'],
    ['too many characters', 'x'.repeat(10_001)],
  ])('when a comment holds %s then 400, and the database is not troubled', async (_, userComment) => {
    const card = await issuedCard();
    expect((await send([{ ...override(card), overrideReason: { userComment } }])).status).toBe(400);
    expect(store.status()).toMatchObject({ database: 'ready', losses: 0 });
  });

  test('when a comment holds what would mean something to a database then it is kept as it is', async () => {
    const card = await issuedCard();
    const userComment = `'); drop table feedback; -- \\ " $1 ? \u{1F930} ${'x'.repeat(9000)}`;
    expect((await send([{ ...override(card), overrideReason: { userComment } }])).status).toBe(200);
    expect(await feedbackOf(card)).toMatchObject([{ comment: userComment }]);
  });

  test.each(['GET', 'PUT', 'DELETE'])('when the address is called by %s then 405', async (method) => {
    const response = await fetch(`${service.base}${FEEDBACK}`, { method });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
  });

  test.each(['', '{', '[]', 'null', '{}', '{"feedback":{}}', '{"feedback":[]}', '{"feedback":[null,5,"x",[]]}'])(
    'when the body is %j then 400',
    async (body) => expect((await service.post(FEEDBACK, body)).status).toBe(400),
  );

  test('when comments were sent then none of their words stands in the log, at any level', async () => {
    const card = await issuedCard();
    await send([override(card)]);
    await send([{ ...override(card), outcomeTimestamp: 'Mrs Canary' }]);
    expect(log).toContain('answered');
    expect(log).not.toMatch(/Canary|seen yesterday/);
  });
});
