/** The service's memory: issued cards, feedback, used tokens (docs/adr, "What the service remembers"). */
import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Feedback } from '../cds-hooks/feedback.ts';
import type { CountFeedback } from '../cds-hooks/feedback-counts.ts';
import type { IssuedCards } from '../cds-hooks/issued-cards.ts';
import type { Overrides } from '../cds-hooks/overrides.ts';
import type { ReplayMemory } from '../cds-hooks/replay-memory.ts';
import { ServiceError } from '../errors.ts';
import { availability } from './availability.ts';
import { cardQueue } from './card-queue.ts';
import { connect, type DatabaseChoice } from './connect.ts';
import type { DatabaseKind } from './connection.ts';
import { countFeedback } from './count-feedback.ts';
import { readOverrides } from './read-overrides.ts';
import { recordFeedback } from './record-feedback.ts';
import { replayMemory } from './replay-memory.ts';
import { FORGET_TOKENS_AFTER_MS, tidyRegularly } from './tidy.ts';

const FLUSH_WITHIN_MS = 1500;

type StoreStatus = {
  kind: DatabaseKind;
  database: 'ready' | 'lost';
  /** Who knows of used tokens. */
  replay: 'all replicas' | 'this process only';
  losses: number;
  cardsWaiting: number;
  cardsDropped: number;
};

export type Store = {
  issuedCards: IssuedCards;
  feedback: Feedback;
  countFeedback: CountFeedback;
  overrides: Overrides;
  replayMemory: ReplayMemory;
  /** What findings are fingerprinted with, the same for all replicas; absent until the database has told it. */
  fingerprintKey: () => string | undefined;
  status: () => StoreStatus;
  /** Writes what is waiting, at most 1.5 s long, and lets the database go. */
  close: () => Promise<void>;
};

export type StoreOptions = {
  database: DatabaseChoice;
  retentionDays: number;
  /** Chosen by the site; else one that is made once in each database. */
  fingerprintKey?: string | undefined;
  /** When a card that feedback overtook is looked for again, in milliseconds. */
  cardWaits?: readonly number[];
};

/** Another replica writes its cards well within a second. */
const CARD_WAITS = [100, 300, 600];

/**
 * Opens the store. A database that does not answer does not stop the start: it is lost until it does.
 * @throws ServiceError `bad-configuration` when waiting would not help
 */
export async function openStore(options: StoreOptions, log: Logger, clock: () => number): Promise<Store> {
  const connection = await connect(options.database, log, (error) => database.lose(error));
  const { kind, tables } = connection;
  let { fingerprintKey } = options;
  const recover = async () => {
    await connection.prepare();
    fingerprintKey ??= await tables.keepSecret('fingerprint-key', randomBytes(32).toString('base64url'));
    // A write, so that a database that can only be read is not taken for one that is back.
    await tables.removeTokens(clock() - FORGET_TOKENS_AFTER_MS);
    await replay.settle(tables.insertTokens);
    // The cards follow; feedback that overtakes them waits for them.
    setImmediate(() => queue.flush().catch(() => undefined));
  };
  const database = availability(recover, log);
  const queue = cardQueue((cards) => database.use(() => tables.insertCards(cards)), log);
  const replay = replayMemory((tokens) => database.use(() => tables.insertTokens(tokens)), clock);
  await recover().catch(async (error) => {
    if (!(error instanceof ServiceError)) return database.lose(error);
    await connection.close();
    throw error;
  });
  const stopTidying = tidyRegularly(tables, database, options.retentionDays, clock);
  return {
    issuedCards: queue,
    feedback: recordFeedback({ tables, database, queue, clock, cardWaits: options.cardWaits ?? CARD_WAITS }),
    countFeedback: countFeedback(tables, database),
    overrides: readOverrides(tables, database),
    replayMemory: replay,
    fingerprintKey: () => fingerprintKey,
    status: () => ({
      kind,
      database: database.isLost() ? 'lost' : 'ready',
      replay: database.isLost() || kind === 'memory' ? 'this process only' : 'all replicas',
      losses: database.losses(),
      cardsWaiting: queue.waiting(),
      cardsDropped: queue.dropped(),
    }),
    close: async () => {
      stopTidying();
      await atMost(FLUSH_WITHIN_MS, queue.flush());
      if (queue.waiting() > 0) log.error({ cards: queue.waiting() }, 'issued cards could not be written');
      database.stop();
      await atMost(FLUSH_WITHIN_MS, connection.close());
    },
  };
}

/** Ends when `work` ends, in whatever way, or when its time is over. */
async function atMost(milliseconds: number, work: Promise<void>): Promise<void> {
  const over = new AbortController();
  const ended = work.catch(() => undefined).finally(() => over.abort());
  await Promise.race([ended, delay(milliseconds, undefined, { signal: over.signal }).catch(() => undefined)]);
}
