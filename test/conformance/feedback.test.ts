/** Feedback, row by row (cds-hooks conformance FBK-1 to FBK-4; COR-1). */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Card } from '../../src/cds-hooks/card.ts';
import { acceptance, FEEDBACK, override } from '../harness/feedback.ts';
import { EMERGENCY, requestOf, topics } from '../harness/requests.ts';
import { type RunningService, startService } from '../harness/service.ts';
import { proves } from './requirements.ts';

let service: RunningService;
beforeAll(async () => {
  service = await startService({ topics });
});
afterAll(() => service.close());

async function issuedCard(): Promise<Card> {
  const { cards } = await service.call(requestOf(EMERGENCY));
  return cards[0] as Card;
}

const send = (...feedback: unknown[]) => service.post(FEEDBACK, { feedback });

test(proves('FBK-1'), async () => {
  expect((await send(acceptance(await issuedCard()))).status).toBe(200);
});

describe(proves('FBK-2'), () => {
  test('an accepted card', async () => {
    expect((await send(acceptance(await issuedCard()))).status).toBe(200);
  });

  test('a card of which several suggestions were accepted', async () => {
    const card = await issuedCard();
    const acceptedSuggestions = (card.suggestions ?? []).map(({ uuid }) => ({ id: uuid }));
    expect(acceptedSuggestions.length).toBeGreaterThan(1);
    expect((await send({ ...acceptance(card), acceptedSuggestions })).status).toBe(200);
  });

  test('an overridden card with reason and comment', async () => {
    expect((await send(override(await issuedCard()))).status).toBe(200);
  });

  test.each<[string, unknown]>([
    ['without a reason', undefined],
    ['with null for a reason', null],
    ['with a comment alone', { userComment: 'no' }],
    ['with a reason alone', { reason: { code: 'c', system: 'urn:x' } }],
    ['with nulls and an empty comment', { reason: null, userComment: '' }],
  ])('an overridden card %s', async (_, overrideReason) => {
    expect((await send({ ...override(await issuedCard()), overrideReason })).status).toBe(200);
  });

  test('several entries', async () => {
    expect((await send(acceptance(await issuedCard()), override(await issuedCard()))).status).toBe(200);
  });

  test('repeated entries, in one request and in two', async () => {
    const card = await issuedCard();
    for (let times = 0; times < 2; times++) {
      expect((await send(acceptance(card), acceptance(card), override(card))).status).toBe(200);
    }
  });

  test('members it does not know', async () => {
    const entry = { ...acceptance(await issuedCard()), extension: { a: 1 }, new: null };
    expect((await service.post(FEEDBACK, { feedback: [entry], extension: {} })).status).toBe(200);
  });

  test.each(['2026-11-25T10:05:00Z', '2026-11-25T10:05:00.123Z', '2026-11-25T11:05:00+01:00', '1999-01-01T00:00:00Z'])(
    'the time %s',
    async (at) => {
      expect((await send(override(await issuedCard(), at))).status).toBe(200);
    },
  );
});

describe(proves('FBK-3'), () => {
  test.each(['card', 'outcome', 'outcomeTimestamp', 'acceptedSuggestions'])(
    'an accepted card without %s (cds-fb-1, cds-fb-2)',
    async (member) => {
      const response = await send({ ...acceptance(await issuedCard()), [member]: undefined });
      expect(response.status).toBe(400);
      expect(await response.text()).toContain(`feedback.0.${member}:`);
    },
  );

  test.each(['card', 'outcome', 'outcomeTimestamp'])('an overridden card without %s (cds-fb-1)', async (member) => {
    const response = await send({ ...override(await issuedCard()), [member]: undefined });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain(`feedback.0.${member}:`);
  });

  test.each<[string, Record<string, unknown>]>([
    ['an empty list of suggestions', { acceptedSuggestions: [] }],
    ['suggestions without id', { acceptedSuggestions: [{}] }],
    ['null for suggestions', { acceptedSuggestions: null }],
    ['an outcome of its own', { outcome: 'ignored' }],
    ['a time without offset', { outcomeTimestamp: '2026-11-25T10:05:00' }],
    ['a date for a time', { outcomeTimestamp: '2026-11-25' }],
    ['a day that there is not', { outcomeTimestamp: '2026-02-30T10:05:00Z' }],
    ['a number for a time', { outcomeTimestamp: 1_764_065_100_000 }],
    ['a card that is no text', { card: 5 }],
  ])('an accepted card with %s', async (_, changes) => {
    expect((await send({ ...acceptance(await issuedCard()), ...changes })).status).toBe(400);
  });
});

test(proves('FBK-4'), async () => {
  const response = await service.post('/cds-services/nobody/feedback', { feedback: [override(await issuedCard())] });
  expect(response.status).toBe(404);
  expect(((await response.json()) as { resourceType: string }).resourceType).toBe('OperationOutcome');
});

test('COR-1: a browser at another origin may send feedback, and read the answer', async () => {
  const headers = { origin: 'https://ehr.example', 'access-control-request-method': 'POST' };
  const preflight = await fetch(`${service.base}${FEEDBACK}`, { method: 'OPTIONS', headers });
  expect(preflight.ok).toBe(true);
  expect(preflight.headers.get('access-control-allow-headers')).toMatch(/content-type/i);
  for (const response of [preflight, await send(acceptance(await issuedCard())), await send()]) {
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
  }
});
