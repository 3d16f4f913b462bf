/** Feedback that is kept before it is acknowledged, and that may overtake its card. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Feedback, IssuedTo } from '../cds-hooks/feedback.ts';
import type { IssuedCard } from '../cds-hooks/issued-cards.ts';
import type { Availability } from './availability.ts';
import type { Tables } from './tables.ts';
import type { WriteBehind } from './write-behind.ts';

type Parts = {
  tables: Tables;
  database: Availability;
  queue: Pick<WriteBehind<IssuedCard>, 'flush'>;
  clock: () => number;
  cardWaits: readonly number[];
};

/** The feedback of a store. */
export function recordFeedback(parts: Parts): Feedback {
  const { tables, database, clock } = parts;
  return {
    record: async (to, entries) => {
      const unknown = await unknownCards(parts, to, new Set(entries.map(({ card }) => card)));
      const good = entries.filter(({ card }) => !unknown.has(card));
      if (good.length > 0) await database.use(() => tables.insertFeedback(good, clock()));
      return unknown;
    },
  };
}

async function unknownCards({ tables, database, queue, cardWaits }: Parts, to: IssuedTo, cards: Set<string>) {
  const missing = new Set(cards);
  const look = async () => {
    const found = await database.use(() => tables.knownCards(to, [...missing]));
    for (const card of found) missing.delete(card);
  };
  await look();
  if (missing.size === 0) return missing;
  // Issued by this process, and not written yet. A loss is told by the next look.
  await queue.flush().catch(() => undefined);
  await look();
  for (const wait of cardWaits) {
    if (missing.size === 0) break;
    await delay(wait);
    await look();
  }
  return missing;
}
