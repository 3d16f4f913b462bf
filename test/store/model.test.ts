/** Random sequences of cards and feedback against a model of a few lines (bar R1). */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Card } from '../../src/cds-hooks/card.ts';
import type { Store } from '../../src/store/open-store.ts';
import { onEachDatabase, openReplica } from '../harness/databases.ts';
import { acceptance, FEEDBACK, override } from '../harness/feedback.ts';
import { EMERGENCY, requestOf, topics } from '../harness/requests.ts';
import { type RunningService, startService } from '../harness/service.ts';

const RUNS = 60;

/** What an EHR does: `card` and `time` choose among the few that there are, so that they often meet again. */
type Step = { outcome: 'accepted' | 'overridden'; card: number; minute: number };

const step: fc.Arbitrary<Step> = fc.record({
  outcome: fc.constantFrom('accepted', 'overridden'),
  // 0 to 2 were issued, 3 and 4 never.
  card: fc.nat(4),
  minute: fc.nat(2),
});
const posts = fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 6 });

onEachDatabase((database) => {
  let service: RunningService;
  let store: Store;
  beforeAll(async () => {
    store = await openReplica(database().url, { cardWaits: [] });
    service = await startService({ topics, store });
  });
  afterAll(async () => {
    await service.close();
    await store.close();
  });

  const entryOf = (cards: Card[], { outcome, card, minute }: Step) => {
    const at = new Date(Date.UTC(2026, 10, 25, 10, minute)).toISOString();
    return (outcome === 'accepted' ? acceptance : override)(cards[card] as Card, at);
  };

  test('when feedback is accepted, overridden, repeated, late or unknown then what is kept is what the model keeps', async () => {
    await fc.assert(
      fc.asyncProperty(posts, fc.boolean(), async (sequence, atOnce) => {
        const answers = await Promise.all([0, 1, 2].map(() => service.call(requestOf(EMERGENCY))));
        const issued = answers.map(({ cards }) => cards[0] as Card);
        const cards = [...issued, ...[3, 4].map((): Card => ({ ...(issued[0] as Card), uuid: randomUUID() }))];

        const send = async (steps: Step[]) =>
          (await service.post(FEEDBACK, { feedback: steps.map((one) => entryOf(cards, one)) })).status;
        const statuses: number[] = [];
        if (atOnce) statuses.push(...(await Promise.all(sequence.map(send))));
        else for (const steps of sequence) statuses.push(await send(steps));

        const wanted = new Set<string>();
        for (const { outcome, card, minute } of sequence.flat())
          if (card < 3) wanted.add(`${card} ${outcome} ${minute}`);
        expect(statuses).toEqual(sequence.map((steps) => (steps.some(({ card }) => card >= 3) ? 404 : 200)));
        const uuids = cards.map(({ uuid }) => uuid);
        const rows = await database().query(
          `select card, outcome, outcome_at from feedback where card in (${uuids.map((uuid) => `'${uuid}'`).join()})`,
        );
        const kept = rows.map(
          ({ card, outcome, outcome_at }) =>
            `${uuids.indexOf(String(card))} ${outcome} ${new Date(Number(outcome_at)).getUTCMinutes()}`,
        );
        expect(kept.sort()).toEqual([...wanted].sort());
      }),
      { numRuns: RUNS, seed: 5 },
    );
  }, 120_000);
});
