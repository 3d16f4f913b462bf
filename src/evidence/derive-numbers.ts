/** Numbers compared in time; readings stand oldest first (spec B.1, B.2 `hcgRatio`, B.5 `systolicFall`, `haemoglobin`). */
import { HOUR } from '../fhir/durations.ts';
import type { Derivation } from '../knowledge/derivation.ts';
import type { Computed } from './computed.ts';
import type { Reading } from './readings.ts';

type Of<Kind extends Derivation['kind']> = Extract<Derivation, { kind: Kind }>;

/** Yes when the newest lies at least `atLeast` above a reading within `within` before it. */
export function riseOf({ within, atLeast }: Of<'rise'>, readings: Reading[]): Computed | undefined {
  const newest = newestOf(readings, higher);
  const lowest = newest && extreme(before(readings, newest, within), lower);
  if (!newest || !lowest || newest.value - lowest.value < atLeast) return undefined;
  return { value: true, ...said(lowest, newest) };
}

/** How far the newest lies below the highest within `within` before it. */
export function fallOf({ within }: Of<'fall'>, readings: Reading[]): Computed | undefined {
  const newest = newestOf(readings, lower);
  const highest = newest && extreme(before(readings, newest, within), higher);
  return newest && highest && { value: exact(highest.value - newest.value), ...said(highest, newest) };
}

/** How far what holds now lies below the median of at least `atLeast` readings before it. */
export function fallFromUsual(
  { within, atLeast }: Of<'fall-from-usual'>,
  readings: Reading[],
  now: Reading | undefined,
): Computed | undefined {
  const usual = now ? before(readings, now, within) : [];
  if (!now || usual.length < atLeast) return undefined;
  const median = medianOf(usual.map(({ value }) => value));
  const recorded = `${exact(median)} as usual (${usual.length} readings), ${exact(now.value)} now`;
  return { value: exact(median - now.value), recorded, at: now.time, from: [now.candidate] };
}

/** The newest reading divided by the one `apart` before it, of the same code; the last pair that there is. */
export function pairRatio({ apart, tolerance }: Of<'pair-ratio'>, readings: Reading[]): Computed | undefined {
  let start = readings.length - 1;
  for (let at = readings.length - 1; at > 0; at -= 1) {
    const second = readings[at] as Reading;
    const [from, to] = [second.time - apart - tolerance, second.time - apart + tolerance];
    while (start > 0 && (readings[start - 1] as Reading).time >= from) start -= 1;
    const first = partner(readings, start, at, second, to, apart);
    if (first) return { value: second.value / first.value, ...said(first, second) };
  }
  return undefined;
}

/** Of several partners the one nearest to `apart`; the start of the window only moves back, so all of it is one pass. */
function partner(readings: Reading[], start: number, end: number, second: Reading, to: number, apart: number) {
  const code = codeOf(second);
  let best: Reading | undefined;
  for (let at = start; at < end; at += 1) {
    const first = readings[at] as Reading;
    if (first.time > to) break;
    if (first.value <= 0 || codeOf(first) !== code) continue;
    if (!best || distance(first, second, apart) < distance(best, second, apart)) best = first;
  }
  return best;
}

const codeOf = ({ candidate: { coding } }: Reading): string => `${coding?.system}|${coding?.code}`;
const distance = (first: Reading, second: Reading, apart: number): number => Math.abs(second.time - first.time - apart);

type Compare = (a: number, b: number) => boolean;
const higher: Compare = (a, b) => a > b;
const lower: Compare = (a, b) => a < b;

/** Readings earlier than one, at most `within` earlier. */
const before = (readings: Reading[], { time }: Reading, within: number): Reading[] =>
  readings.filter((reading) => reading.time < time && reading.time >= time - within);

/** The newest; of several at the same time the worse one. */
function newestOf(readings: Reading[], wins: Compare): Reading | undefined {
  const last = readings.at(-1);
  return (
    last &&
    extreme(
      readings.filter(({ time }) => time === last.time),
      wins,
    )
  );
}

function extreme(readings: Reading[], wins: Compare): Reading | undefined {
  let found = readings[0];
  for (const reading of readings) if (found && wins(reading.value, found.value)) found = reading;
  return found;
}

function medianOf(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2;
}

function said(first: Reading, second: Reading): Omit<Computed, 'value'> {
  const hours = Math.round((second.time - first.time) / HOUR);
  return {
    recorded: `from ${exact(first.value)} to ${exact(second.value)} in ${hours} h`,
    at: second.time,
    from: [first.candidate, second.candidate],
  };
}

/** Without the dust of floating-point arithmetic: 11.2 - 9.2 is 2, not 1.9999999999999982. */
const exact = (number: number): number => Number(number.toPrecision(12));
