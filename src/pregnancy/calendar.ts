/** Calendar days at the site: gestation is counted in patient-local dates (spec F.1-6). */
import type { Moment } from '../evidence/chart.ts';
import type { Candidate } from '../evidence/fact.ts';
import { type InstantRange, instantRange, localDay } from '../fhir/dates.ts';

/** Days since 1970-01-01 at the site, both ends included: a partial date may be any of them. */
export type DayRange = { from: number; to: number };

/** A date that a system filled up to a dateTime: midnight is no time of day at which periods begin. */
const PADDED = /^(\d{4}-\d{2}-\d{2})T00:00(:00(\.0+)?)?(Z|[+-]\d{2}:\d{2})?$/;

/** The calendar days that a recorded date may mean. */
export function calendarDays({ value }: Candidate, zone: string): DayRange | undefined {
  if (typeof value !== 'string') return undefined;
  const range = instantRange(PADDED.exec(value)?.[1] ?? value, zone);
  return range && { from: localDay(range.from, zone), to: localDay(range.to, zone) };
}

/** The days on which something was true, none of them after today; undefined when all of them are. */
export function pastDays(at: InstantRange | undefined, { now, zone }: Moment): DayRange | undefined {
  if (!at || at.from > now) return undefined;
  return { from: localDay(at.from, zone), to: localDay(Math.min(at.to, now), zone) };
}

/** The last day that a statement may speak of; one without a date speaks of today (spec B.1). */
export function lastDay(at: InstantRange | undefined, moment: Moment): number {
  const { now, zone } = moment;
  return at ? localDay(Math.min(at.to, now), zone) : localDay(now, zone);
}
