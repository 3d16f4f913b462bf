/** What is on its way to the database: written together, soon after the answers that it came from. */
import { setImmediate } from 'node:timers/promises';

const WRITE_AFTER_MS = 200;
/** A batch small enough that the other work of the process does not wait for it. */
const BATCH = 100;
/** While the database is lost the newest are kept. */
const MOST_WAITING = 20_000;

export type WriteBehind<Item> = {
  /** Returns at once and never throws. */
  remember: (items: Item[]) => void;
  waiting: () => number;
  /** What was never written. */
  dropped: () => number;
  /** Writes what is waiting now. @throws what `write` throws; what was not written goes on waiting */
  flush: () => Promise<void>;
};

/** A queue before `write`. @param onDrop told when it is so long that the oldest are dropped, the first time */
export function writeBehind<Item>(write: (items: Item[]) => Promise<void>, onDrop: () => void): WriteBehind<Item> {
  let waiting: Item[] = [];
  let dropped = 0;
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();

  const drop = () => {
    // More than is needed, so that a full queue is not moved for each item.
    const surplus = waiting.length - MOST_WAITING * 0.9;
    waiting = waiting.slice(surplus);
    if (dropped === 0) onDrop();
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
    remember: (items) => {
      for (const item of items) waiting.push(item);
      if (waiting.length > MOST_WAITING) drop();
      // While the database is lost they wait until it is back: `flush` is called then.
      if (waiting.length > 0) timer ??= setTimeout(() => flush().catch(() => undefined), WRITE_AFTER_MS).unref();
    },
    waiting: () => waiting.length,
    dropped: () => dropped,
    flush,
  };
}
