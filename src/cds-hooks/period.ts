/** A period that somebody asks about, in days of UTC. */
import { z } from 'zod';

const DAY_MS = 86_400_000;
const MOST_DAYS = 1100;
const day = z.iso.date('is not a date such as 2026-11-27').transform((text) => Date.parse(text));

/** `from` and `to`, both included; without `from`, the 365 days until `to`, which is today unless it is said. */
export const days = (now: number) => ({
  from: day.optional(),
  to: day.default(Math.floor(now / DAY_MS) * DAY_MS),
});

type Days = { from?: number | undefined; to: number };

/** Days -> `from` until before `until`, in milliseconds since 1970; what is no period, or too long, is an issue. */
export function asPeriod<Asked extends Days>({ from, to, ...rest }: Asked, context: z.RefinementCtx) {
  const period = { ...rest, from: from ?? to - 364 * DAY_MS, until: to + DAY_MS };
  const refuse = (message: string) => context.addIssue({ code: 'custom', message, path: ['from'] });
  if (period.from >= period.until) refuse('is after to');
  if (period.until - period.from > MOST_DAYS * DAY_MS) refuse(`is more than ${MOST_DAYS} days before to`);
  return period;
}

/** A period of the audit. */
export const auditPeriod = (now: number) => z.strictObject(days(now)).transform(asPeriod);
