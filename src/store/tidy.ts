/** Removes what need not be remembered any more. */
import type { Availability } from './availability.ts';
import { MOST_REMOVED, type Tables } from './tables.ts';

const DAY_MS = 86_400_000;
const TIDY_EVERY_MS = 600_000;
/** Clocks differ; a token is forgotten well after nobody accepts it any more. */
export const FORGET_TOKENS_AFTER_MS = 300_000;

/** Removes expired tokens, cards and AuditEvents of so many days now and every ten minutes. @returns a function that ends it */
export function tidyRegularly(
  tables: Tables,
  database: Availability,
  { cards, audit }: { cards: number; audit: number },
  clock: () => number,
): () => void {
  const tidy = async () => {
    await removeAll(database, () => tables.removeTokens(clock() - FORGET_TOKENS_AFTER_MS));
    await removeAll(database, () => tables.removeCards(clock() - cards * DAY_MS));
    await removeAll(database, () => tables.removeAudit(clock() - audit * DAY_MS));
  };
  // A loss is logged where it is noticed; the next time comes.
  const tidyNow = () => void tidy().catch(() => undefined);
  tidyNow();
  const timer = setInterval(tidyNow, TIDY_EVERY_MS).unref();
  return () => clearInterval(timer);
}

async function removeAll(database: Availability, removeSome: () => Promise<number>): Promise<void> {
  while ((await database.use(removeSome)) >= MOST_REMOVED);
}
