/** FHIR dates and dateTimes as intervals of instants; a partial date is the whole day, month or year. */
import { DAY } from './durations.ts';
import { plainInstant } from './plain-instant.ts';
import { offsetAt } from './zone-offset.ts';

/** Earliest and latest instant (ms since 1970) that a recorded time can mean. */
export type InstantRange = { from: number; to: number };

/** An instant with its offset. */
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})$/;
const SHAPE = /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d+))?)?(Z|[+-]\d{2}:\d{2})?)?)?)?$/;

/**
 * Reads a FHIR `date`, `dateTime` or `instant`. Dates without a time are days of the site's zone.
 * @param zone IANA time zone of the site
 * @returns undefined when the text is no FHIR date
 */
export function instantRange(text: string | undefined, zone: string): InstantRange | undefined {
  if (text === undefined) return undefined;
  const instant = plainInstant(text);
  if (instant !== undefined) return { from: instant, to: instant };
  if (INSTANT.test(text)) return exactly(Date.parse(text));
  const match = SHAPE.exec(text);
  if (!match) return undefined;
  const [, year, month, day, hour] = match;
  if (hour !== undefined) return exactly(zoned(text, zone));
  const first = Date.UTC(Number(year), Number(month ?? 1) - 1, Number(day ?? 1));
  const next = nextDate(Number(year), month, day);
  if (Number.isNaN(first) || (month !== undefined && (Number(month) < 1 || Number(month) > 12))) return undefined;
  if (day !== undefined && new Date(first).getUTCDate() !== Number(day)) return undefined;
  return { from: startOfDay(first / DAY, zone), to: startOfDay(next / DAY, zone) - 1 };
}

const exactly = (instant: number): InstantRange | undefined =>
  Number.isNaN(instant) ? undefined : { from: instant, to: instant };

/** The calendar day (days since 1970-01-01) of an instant at the site. */
export function localDay(instant: number, zone: string): number {
  return Math.floor((instant + offsetAt(instant, zone)) / DAY);
}

/** The instant at which a calendar day (days since 1970-01-01) begins at the site. */
export function startOfDay(day: number, zone: string): number {
  const guess = day * DAY - offsetAt(day * DAY, zone);
  return day * DAY - offsetAt(guess, zone);
}

function zoned(text: string, zone: string): number {
  const asUtc = Date.parse(`${text}Z`);
  return Number.isNaN(asUtc) ? Number.NaN : asUtc - offsetAt(asUtc - offsetAt(asUtc, zone), zone);
}

function nextDate(year: number, month: string | undefined, day: string | undefined): number {
  if (day !== undefined) return Date.UTC(year, Number(month) - 1, Number(day) + 1);
  return month === undefined ? Date.UTC(year + 1, 0, 1) : Date.UTC(year, Number(month), 1);
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** An instant as people at the site write it: `25 Nov 2026 10:05`. */
export function printInstant(instant: number, zone: string): string {
  const local = new Date(instant + offsetAt(instant, zone));
  const [hour, minute] = [local.getUTCHours(), local.getUTCMinutes()];
  const clock = `${hour < 10 ? '0' : ''}${hour}:${minute < 10 ? '0' : ''}${minute}`;
  return `${local.getUTCDate()} ${MONTHS[local.getUTCMonth()]} ${local.getUTCFullYear()} ${clock}`;
}
