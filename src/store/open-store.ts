/** The service's memory: issued cards, feedback, used tokens (docs/adr, "What the service remembers"). */
import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Feedback } from '../cds-hooks/feedback.ts';
import type { CountFeedback } from '../cds-hooks/feedback-counts.ts';
import type { IssuedCard, IssuedCards } from '../cds-hooks/issued-cards.ts';
import type { Overrides } from '../cds-hooks/overrides.ts';
import type { ReplayMemory } from '../cds-hooks/replay-memory.ts';
import { ServiceError } from '../errors.ts';
import { type AuditLog, auditLog } from './audit-log.ts';
import { availability } from './availability.ts';
import { connect, type DatabaseChoice } from './connect.ts';
import type { DatabaseKind } from './connection.ts';
import { countFeedback } from './count-feedback.ts';
import { readOverrides } from './read-overrides.ts';
import { recordFeedback } from './record-feedback.ts';
import { replayMemory } from './replay-memory.ts';
import { FORGET_TOKENS_AFTER_MS, tidyRegularly } from './tidy.ts';
import { writeBehind } from './write-behind.ts';

const FLUSH_WITHIN_MS = 1500;

type StoreStatus = {
  kind: DatabaseKind;
  database: 'ready' | 'lost';
  /** Who knows of used tokens. */
  replay: 'all replicas' | 'this process only';
  losses: number;
  cardsWaiting: number;
  cardsDropped: number;
  auditWaiting: number;
  auditDropped: number;
};

export type Store = {
  issuedCards: IssuedCards;
  feedback: Feedback;
  countFeedback: CountFeedback;
  overrides: Overrides;
  replayMemory: ReplayMemory;
  audit: AuditLog;
  /** What findings are fingerprinted with, the same for all replicas; absent until the database has told it. */
  fingerprintKey: () => string | undefined;
  status: () => StoreStatus;
  /** Writes what is waiting, at most 1.5 s long, and lets the database go. */
  close: () => Promise<void>;
};

export type StoreOptions = {
  database: DatabaseChoice;
  retentionDays: number;
  /** AuditEvents are kept this long; as long as cards unless it is said. */
  auditRetentionDays?: number;
  /** Where AuditEvents are to be handed on to, if anywhere. */
  auditFhirServer?: string | undefined;
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
    setImmediate(() => {
      for (const { flush } of [queue, audit]) flush().catch(() => undefined);
    });
  };
  const database = availability(recover, log);
  const queue = writeBehind<IssuedCard>(
    (cards) => database.use(() => tables.insertCards(cards)),
    () => log.error('issued cards are dropped: their feedback will not be known'),
  );
  const audit = auditLog({ tables, database, log, clock, forwards: options.auditFhirServer !== undefined });
  const replay = replayMemory((tokens) => database.use(() => tables.insertTokens(tokens)), clock);
  await recover().catch(async (error) => {
    if (!(error instanceof ServiceError)) return database.lose(error);
    await connection.close();
    throw error;
  });
  const keep = { cards: options.retentionDays, audit: options.auditRetentionDays ?? options.retentionDays };
  const stopTidying = tidyRegularly(tables, database, keep, clock);
  return {
    issuedCards: queue,
    feedback: recordFeedback({ tables, database, queue, clock, cardWaits: options.cardWaits ?? CARD_WAITS }),
    countFeedback: countFeedback(tables, database),
    overrides: readOverrides(tables, database),
    replayMemory: replay,
    audit,
    fingerprintKey: () => fingerprintKey,
    status: () => ({
      kind,
      database: database.isLost() ? 'lost' : 'ready',
      replay: database.isLost() || kind === 'memory' ? 'this process only' : 'all replicas',
      losses: database.losses(),
      cardsWaiting: queue.waiting(),
      cardsDropped: queue.dropped(),
      auditWaiting: audit.waiting(),
      auditDropped: audit.dropped(),
    }),
    close: async () => {
      stopTidying();
      await atMost(FLUSH_WITHIN_MS, Promise.all([queue.flush(), audit.flush()]));
      const [cards, events] = [queue.waiting(), audit.waiting()];
      if (cards + events > 0) log.error({ cards, events }, 'issued cards or AuditEvents could not be written');
      database.stop();
      await atMost(FLUSH_WITHIN_MS, connection.close());
    },
  };
}

/** Ends when `work` ends, in whatever way, or when its time is over. */
async function atMost(milliseconds: number, work: Promise<unknown>): Promise<void> {
  const over = new AbortController();
  const ended = work.catch(() => undefined).finally(() => over.abort());
  await Promise.race([ended, delay(milliseconds, undefined, { signal: over.signal }).catch(() => undefined)]);
}
