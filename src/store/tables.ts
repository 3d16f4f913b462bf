/** What the store asks of a database. Everything may reject: then the database counts as lost. */
import type { AuditEntry, AuditPeriod } from '../cds-hooks/audited-call.ts';
import type { FeedbackEntry, IssuedTo } from '../cds-hooks/feedback.ts';
import type { FeedbackCount, FeedbackPeriod } from '../cds-hooks/feedback-counts.ts';
import type { IssuedCard } from '../cds-hooks/issued-cards.ts';
import type { Override } from '../cds-hooks/overrides.ts';

/** A used token: a digest of issuer and `jti`; `expires` in milliseconds since 1970. */
export type Token = { token: string; expires: number };

export type AuditTables = {
  /** Events that are there already are left as they are. @param dueAt when they may be handed on; null = never */
  insertAudit: (entries: AuditEntry[], dueAt: number | null) => Promise<void>;
  /** The next ones of a period, by time and id. */
  auditAfter: (
    period: AuditPeriod,
    after: Pick<AuditEntry, 'recordedAt' | 'id'>,
    limit: number,
  ) => Promise<AuditEntry[]>;
  /** Some that are due, which from now on are due at `until`. */
  claimAudit: (now: number, until: number, limit: number) => Promise<AuditEntry[]>;
  /** These are never due again. */
  settleAudit: (ids: string[]) => Promise<void>;
  countDueAudit: () => Promise<number>;
  /** Removes some, `MOST_REMOVED` at most. @returns how many */
  removeAudit: (recordedBefore: number) => Promise<number>;
};

export type Tables = AuditTables & {
  /** Cards that are there already are left as they are. */
  insertCards: (cards: IssuedCard[]) => Promise<void>;
  /** Of these cards, those that were issued there. */
  knownCards: (to: IssuedTo, uuids: string[]) => Promise<Set<string>>;
  /** Entries that are there already are left as they are. The cards must be known. */
  insertFeedback: (entries: FeedbackEntry[], receivedAt: number) => Promise<void>;
  /** Overrides of cards that were issued there with this fingerprint, newest first, `MOST_OVERRIDES` at most. */
  overridesOf: (to: IssuedTo, fingerprint: string) => Promise<Override[]>;
  /** What became of the cards of a short period; cards without rules are not counted. */
  countFeedback: (period: FeedbackPeriod) => Promise<FeedbackCount[]>;
  /** Keeps a secret unless one of that name is there. @returns the one that is there, the same for every replica */
  keepSecret: (name: string, secret: string) => Promise<string>;
  /** @returns the tokens that were not there */
  insertTokens: (tokens: Token[]) => Promise<Set<string>>;
  /** Removes some, `MOST_REMOVED` at most: nobody waits long for it. @returns how many */
  removeTokens: (expiredBefore: number) => Promise<number>;
  /** Removes some, as above; feedback goes with its card. @returns how many */
  removeCards: (issuedBefore: number) => Promise<number>;
};

export const MOST_REMOVED = 1000;
export const MOST_OVERRIDES = 20;
