/** What is remembered of a card tells the same finding from another one (spec C.2-8, F.1-11). */
import { expect, test } from '@jest/globals';
import type { IssuedCard } from '../../src/cds-hooks/issued-cards.ts';
import { openReplica } from '../harness/databases.ts';
import { EMERGENCY, requestOf, topics } from '../harness/requests.ts';
import { startService } from '../harness/service.ts';

const fingerprintKey = 'a-key-of-this-site-that-is-long-enough';

function remembered(...cases: (typeof EMERGENCY)[]): Promise<IssuedCard[]> {
  return rememberedWith(() => fingerprintKey, cases);
}

async function rememberedWith(key: () => string | undefined, cases: (typeof EMERGENCY)[]): Promise<IssuedCard[]> {
  const kept: IssuedCard[] = [];
  const store = await openReplica('memory:');
  const issuedCards = { remember: (cards: IssuedCard[]) => void kept.push(...cards) };
  const service = await startService({ topics, store: { ...store, issuedCards, fingerprintKey: key } });
  for (const one of cases) await service.call(requestOf(one));
  await new Promise((resolve) => setTimeout(resolve, 20));
  await service.close();
  await store.close();
  return kept;
}

const withAnswers = (answers: Record<string, string>): typeof EMERGENCY => ({
  ...EMERGENCY,
  form: { ...EMERGENCY.form, answers: { ...EMERGENCY.form?.answers, ...answers } },
});

test('when the same patient is asked about twice then the uuids differ and the finding is the same', async () => {
  const [first, second] = await remembered(EMERGENCY, EMERGENCY);
  expect(first?.fingerprint).toMatch(/^[\w-]{43}$/);
  expect(second?.fingerprint).toBe(first?.fingerprint);
  expect(second?.uuid).not.toBe(first?.uuid);
});

test('when one more danger is answered then it is another finding', async () => {
  const [first, second] = await remembered(EMERGENCY, withAnswers({ fever: 'yes' }));
  expect(second?.fingerprint).not.toBe(first?.fingerprint);
});

test('when a private answer differs then the finding is the same', async () => {
  const [first, second] = await remembered(EMERGENCY, withAnswers({ lowMood: 'yes' }));
  expect(second?.fingerprint).toBe(first?.fingerprint);
});

const ordering = (drug: string): typeof EMERGENCY => ({ ...EMERGENCY, hook: 'order-sign', orders: [drug] });

test('when another drug is ordered then it is another finding, with the same drug the same one', async () => {
  const [first, second, third] = await remembered(
    ordering('Ibuprofen 400 mg'),
    ordering('Ibuprofen 400 mg'),
    ordering('Naproxen 250 mg'),
  );
  expect(second?.fingerprint).toBe(first?.fingerprint);
  expect(third?.fingerprint).not.toBe(first?.fingerprint);
});

test('when the key is another one then the same finding has another fingerprint', async () => {
  const [first] = await remembered(EMERGENCY);
  const [other] = await rememberedWith(() => `${fingerprintKey}!`, [EMERGENCY]);
  expect(other?.fingerprint).toMatch(/^[\w-]{43}$/);
  expect(other?.fingerprint).not.toBe(first?.fingerprint);
});

test('when no key is known yet then the card is remembered without a fingerprint', async () => {
  const [card] = await rememberedWith(() => undefined, [EMERGENCY]);
  expect(card).toMatchObject({ level: 'emergency' });
  expect(card?.fingerprint).toBeUndefined();
});
