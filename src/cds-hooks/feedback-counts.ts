/** What became of cards, counted by rule, hook and month: what a site learns from its feedback. No patient, no clinician. */
import { z } from 'zod';

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

const DAY_MS = 86_400_000;
const MOST_DAYS = 1100;
const day = z.iso.date('is not a date such as 2026-11-27').transform((text) => Date.parse(text));

/** Days of UTC, both included; without `from`, the 365 days until `to`. `plan` is an id, or `id|version`. */
export const feedbackPeriod = (now: number) =>
  z
    .strictObject({
      from: day.optional(),
      to: day.default(Math.floor(now / DAY_MS) * DAY_MS),
      plan: z.string().min(1).max(200).optional(),
      format: z.enum(['json', 'csv']).optional(),
    })
    .transform(({ from, to, ...rest }) => ({ ...rest, from: from ?? to - 364 * DAY_MS, until: to + DAY_MS }))
    .refine(({ from, until }) => from < until, { message: 'is after to', path: ['from'] })
    .refine(({ from, until }) => until - from <= MOST_DAYS * DAY_MS, {
      message: `is more than ${MOST_DAYS} days before to`,
      path: ['from'],
    });

/** Cards issued from `from` until before `until`, milliseconds since 1970. */
export type FeedbackPeriod = { from: number; until: number; plan?: string | undefined };

/** Counts. @throws ServiceError `store-unavailable` */
export type CountFeedback = (period: FeedbackPeriod) => Promise<FeedbackRow[]>;
