/** What the store asks of a database. Everything may reject: then the database counts as lost. */
import type { FeedbackEntry, IssuedTo } from '../cds-hooks/feedback.ts';
import type { FeedbackCount, FeedbackPeriod } from '../cds-hooks/feedback-counts.ts';
import type { IssuedCard } from '../cds-hooks/issued-cards.ts';
import type { Override } from '../cds-hooks/overrides.ts';

/** A used token: a digest of issuer and `jti`; `expires` in milliseconds since 1970. */
export type Token = { token: string; expires: number };

export type Tables = {
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
