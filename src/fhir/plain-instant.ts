/** Instants with an offset, read digit by digit: charts hold little else, and `Date.parse` takes ten times as long. */
import { DAY, HOUR, MINUTE } from './durations.ts';

const SECOND = 1000;
const [ZERO, NINE, DASH, COLON, POINT, PLUS, T, Z] = [0x30, 0x39, 0x2d, 0x3a, 0x2e, 0x2b, 0x54, 0x5a];

/**
 * Reads `YYYY-MM-DDThh:mm[:ss[.f]](Z|±hh:mm)`.
 * @returns milliseconds since 1970, what `Date.parse` gives; undefined for any other text, and for hours and days that
 *   it takes or refuses by rules of its own
 */
export function plainInstant(text: string): number | undefined {
  if (text.charCodeAt(4) !== DASH || text.charCodeAt(7) !== DASH || text.charCodeAt(10) !== T) return undefined;
  if (text.charCodeAt(13) !== COLON) return undefined;
  const day = dayOf(twoDigits(text, 0) * 100 + twoDigits(text, 2), twoDigits(text, 5), twoDigits(text, 8));
  let at = 16;
  let time = below(24, twoDigits(text, 11)) * HOUR + below(60, twoDigits(text, 14)) * MINUTE;
  if (text.charCodeAt(at) === COLON) {
    time += below(60, twoDigits(text, 17)) * SECOND;
    at = 19;
    if (text.charCodeAt(at) === POINT) {
      const end = endOfDigits(text, at + 1);
      if (end === at + 1) return undefined;
      time += fraction(text, at + 1, Math.min(end, at + 4));
      at = end;
    }
  }
  const instant = day * DAY + time - offset(text, at);
  return Number.isNaN(instant) ? undefined : instant;
}

/** Days since 1970-01-01 in the Gregorian calendar; NaN for what is no usual date. */
function dayOf(year: number, month: number, day: number): number {
  if (!(year >= 1000 && month >= 1 && month <= 12 && day >= 1 && day <= 28)) return rareDay(year, month, day);
  // Years that begin in March end with the leap day.
  const shifted = month > 2 ? year : year - 1;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const leapDays = Math.floor(shifted / 4) - Math.floor(shifted / 100) + Math.floor(shifted / 400);
  return shifted * 365 + leapDays + dayOfYear - DAYS_TO_1970;
}

/** From 1 March of the year 0. */
const DAYS_TO_1970 = 719_468;

const MONTH_LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** The last days of months; the 29th of February is left to `Date.parse`. */
function rareDay(year: number, month: number, day: number): number {
  const length = MONTH_LENGTHS[month - 1] ?? 0;
  return year >= 1000 && day > 28 && day <= length ? dayOf(year, month, 28) + day - 28 : Number.NaN;
}

const below = (limit: number, value: number): number => (value < limit ? value : Number.NaN);

function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at);
  const ones = text.charCodeAt(at + 1);
  return isDigit(tens) && isDigit(ones) ? (tens - ZERO) * 10 + ones - ZERO : Number.NaN;
}

const isDigit = (code: number): boolean => code >= ZERO && code <= NINE;

function endOfDigits(text: string, from: number): number {
  let at = from;
  while (isDigit(text.charCodeAt(at))) at += 1;
  return at;
}

/** Milliseconds; what is finer is cut off. */
function fraction(text: string, from: number, to: number): number {
  let value = 0;
  for (let at = from; at < from + 3; at += 1) value = value * 10 + (at < to ? text.charCodeAt(at) - ZERO : 0);
  return value;
}

/** Milliseconds by which the local time is ahead; the text ends with it. */
function offset(text: string, at: number): number {
  const sign = text.charCodeAt(at);
  if (sign === Z) return text.length === at + 1 ? 0 : Number.NaN;
  if ((sign !== PLUS && sign !== DASH) || text.length !== at + 6 || text.charCodeAt(at + 3) !== COLON)
    return Number.NaN;
  const ahead = below(24, twoDigits(text, at + 1)) * HOUR + below(60, twoDigits(text, at + 4)) * MINUTE;
  return sign === PLUS ? ahead : -ahead;
}
