/** How far a zone's clock is ahead of UTC. */
import { DAY } from './durations.ts';

type OffsetAt = (instant: number) => number;

const clocks = new Map<string, OffsetAt>();

/**
 * The offset of a zone at an instant, in milliseconds.
 * @param instant milliseconds since 1970
 * @param zone IANA name
 */
export function offsetAt(instant: number, zone: string): number {
  if (zone === 'UTC') return 0;
  let clock = clocks.get(zone);
  if (!clock) {
    clock = rememberDays(exactOffset(zone));
    clocks.set(zone, clock);
  }
  return clock(instant);
}

/** The platform's calendar: right, and some ten microseconds each time. */
function exactOffset(timeZone: string): OffsetAt {
  const [year, month, day, hour, minute, second] = Array<'numeric'>(6).fill('numeric');
  const shape = { year, month, day, hour, minute, second, timeZone, hourCycle: 'h23' } as const;
  const format = new Intl.DateTimeFormat('en-US', shape);
  return (instant) => {
    const parts: Record<string, number> = {};
    for (const { type, value } of format.formatToParts(instant)) parts[type] = Number(value);
    const { year: y = 1970, month: m = 1, day: d = 1, hour: h = 0, minute: min = 0, second: s = 0 } = parts;
    return Date.UTC(y, m - 1, d, h, min, s) - Math.floor(instant / 1000) * 1000;
  };
}

/** Fifty years; charts may name any day, so what is remembered is bounded. */
const MOST_DAYS = 20_000;
const CHANGES = Number.NaN;

/** A day (of UTC) that has one offset at both its ends has it throughout: no zone changes its clock twice in a day. */
function rememberDays(exact: OffsetAt): OffsetAt {
  const days = new Map<number, number>();
  return (instant) => {
    const day = Math.floor(instant / DAY);
    let offset = days.get(day);
    if (offset === undefined) {
      const first = exact(day * DAY);
      offset = exact((day + 1) * DAY - 1) === first ? first : CHANGES;
      if (days.size >= MOST_DAYS) days.clear();
      days.set(day, offset);
    }
    return Number.isNaN(offset) ? exact(instant) : offset;
  };
}
