/** What became of cards, counted by rule, hook and month: what a site learns from its feedback. No patient, no clinician. */
import { z } from 'zod';
import { asPeriod, days } from './period.ts';

/** Rules that read confidential facts are counted together under this name. */
export const PRIVATE_RULES = 'private';

export type FeedbackCount = {
  /** Id of a rule that fired or raised the level, or `private`. */
  rule: string;
  hook: string;
  /** Cards; one that was accepted and overridden counts as both. */
  shown: number;
  accepted: number;
  overridden: number;
  /** Overridden cards by the code of the reason; `unlisted` is one that is not offered, `not-said` none. */
  reasons: Record<string, number>;
};

/** `month` as `2026-11`, in UTC. */
export type FeedbackRow = FeedbackCount & { month: string };

/** A period of feedback; `plan` is an id, or `id|version`. */
export const feedbackPeriod = (now: number) =>
  z
    .strictObject({
      ...days(now),
      plan: z.string().min(1).max(200).optional(),
      format: z.enum(['json', 'csv']).optional(),
    })
    .transform(asPeriod);

/** Cards issued from `from` until before `until`, milliseconds since 1970. */
export type FeedbackPeriod = { from: number; until: number; plan?: string | undefined };

/** Counts. @throws ServiceError `store-unavailable` */
export type CountFeedback = (period: FeedbackPeriod) => Promise<FeedbackRow[]>;
