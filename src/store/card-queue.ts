/** Issued cards on their way to the database: written together, soon after their answers. */
import { setImmediate } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { IssuedCard, IssuedCards } from '../cds-hooks/issued-cards.ts';

const WRITE_AFTER_MS = 200;
/** A batch small enough that the other work of the process does not wait for it. */
const BATCH = 100;
/** While the database is lost the newest cards are kept: feedback for them is still to come. */
const MOST_WAITING = 20_000;

export type CardQueue = IssuedCards & {
  waiting: () => number;
  /** Cards that were never written. */
  dropped: () => number;
  /** Writes what is waiting now. @throws what `write` throws; what was not written goes on waiting */
  flush: () => Promise<void>;
};

/** A queue before `write`. */
export function cardQueue(write: (cards: IssuedCard[]) => Promise<void>, log: Logger): CardQueue {
  let waiting: IssuedCard[] = [];
  let dropped = 0;
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();

  const drop = () => {
    // More than is needed, so that a full queue is not moved for each card.
    const surplus = waiting.length - MOST_WAITING * 0.9;
    waiting = waiting.slice(surplus);
    if (dropped === 0) log.error('issued cards are dropped: their feedback will not be known');
    dropped += surplus;
  };
  const writeAll = async () => {
    while (waiting.length > 0) {
      const batch = waiting.splice(0, BATCH);
      try {
        await write(batch);
      } catch (error) {
        waiting = [...batch, ...waiting];
        throw error;
      }
      await setImmediate();
    }
  };
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    // One writer at a time; the failure of the one before was told to those who waited for it.
    writing = writing.then(writeAll, writeAll);
    return writing;
  };
  return {
    remember: (cards) => {
      for (const card of cards) waiting.push(card);
      if (waiting.length > MOST_WAITING) drop();
      // While the database is lost the cards wait until it is back: `flush` is called then.
      if (waiting.length > 0) timer ??= setTimeout(() => flush().catch(() => undefined), WRITE_AFTER_MS).unref();
    },
    waiting: () => waiting.length,
    dropped: () => dropped,
    flush,
  };
}
