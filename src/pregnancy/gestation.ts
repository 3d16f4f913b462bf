/** Gestational age: always an interval in completed days, never one number (spec B.2). */
import { MAX_GESTATION } from './standard-codes.ts';

/** Completed days, both ends included. */
export type Interval = { min: number; max: number };

/** `known` false = nothing dates the pregnancy. */
export type Gestation = Interval & { known: boolean };

export const UNKNOWN_GESTATION: Gestation = { min: 0, max: MAX_GESTATION, known: false };

/** The part of an interval that a pregnancy can have. */
export function clamped({ min, max }: Interval): Interval {
  const inside = (days: number) => Math.min(MAX_GESTATION, Math.max(0, days));
  return { min: inside(min), max: inside(max) };
}

/** The smallest interval that holds all of some. */
export function hull(intervals: Interval[]): Interval {
  return {
    min: Math.min(...intervals.map(({ min }) => min)),
    max: Math.max(...intervals.map(({ max }) => max)),
  };
}

/** Days between two intervals; 0 when they touch. */
export function gapBetween(a: Interval, b: Interval): number {
  return Math.max(0, a.min - b.max, b.min - a.max);
}

/** Gestation as people write it: `24+0`, or `23+5 to 24+2`. */
export function printGestation({ min, max }: Interval): string {
  const weeks = (days: number) => `${Math.floor(days / 7)}+${days % 7}`;
  return min === max ? weeks(min) : `${weeks(min)} to ${weeks(max)}`;
}
