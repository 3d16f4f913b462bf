/** When this pregnancy began, at the earliest (spec B.4 "this pregnancy"; day 0 is the first day of the last period). */
import type { Moment } from '../evidence/chart.ts';
import { instantRange, localDay } from '../fhir/dates.ts';
import { DAY } from '../fhir/durations.ts';
import type { PregnancyReading } from './read-pregnancy.ts';

/** The instant at which day 0 began at the site; undefined when nobody is known to be pregnant, or since when. */
export function firstDayOf({ status, gestation }: PregnancyReading, { now, zone }: Moment): number | undefined {
  if ((status !== 'pregnant' && status !== 'possible') || !gestation.known) return undefined;
  const day = localDay(now, zone) - gestation.max;
  return instantRange(new Date(day * DAY).toISOString().slice(0, 10), zone)?.from;
}
