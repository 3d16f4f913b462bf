/** Numbers of one fact in time. */
import { MINUTE } from '../fhir/durations.ts';
import type { Candidate } from './fact.ts';
import { isFuture } from './freshness.ts';
import { numberOf } from './resolve.ts';

export type Reading = {
  value: number;
  /** Milliseconds since 1970. */
  time: number;
  candidate: Candidate;
};

/** A time that is not known to the minute cannot be compared in hours. */
const PRECISE = MINUTE;

/** Dated readings, oldest first; the same number at the same time is one reading. */
export function readingsOf(candidates: Candidate[], now: number): Reading[] {
  const readings: Reading[] = [];
  for (const candidate of candidates) {
    const { at, positivesOnly, sign } = candidate;
    const value = numberOf(candidate.value);
    // Of an unfinished form or a preliminary result only what is abnormal counts.
    if (value === undefined || !at || (positivesOnly && sign !== 'positive')) continue;
    if (at.to - at.from > PRECISE || isFuture(at, now)) continue;
    readings.push({ value, time: at.to, candidate });
  }
  readings.sort(byTime);
  return readings.filter((reading, index) => {
    const before = readings[index - 1];
    return !before || before.time !== reading.time || before.value !== reading.value;
  });
}

function byTime(a: Reading, b: Reading): number {
  if (a.time !== b.time) return a.time - b.time;
  if (a.value !== b.value) return a.value - b.value;
  return a.candidate.reference < b.candidate.reference ? -1 : 1;
}
