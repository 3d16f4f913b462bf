/** Gestational age: always an interval in completed days, never one number (spec B.2). */

import type { Moment } from '../evidence/chart.ts';
import type { Candidate } from '../evidence/fact.ts';
import { instantRange, localDay } from '../fhir/dates.ts';
import {
  DAYS_CODE,
  EDD_AHEAD,
  EDD_PAST,
  LMP_LIMIT,
  MAX_GESTATION,
  RECORDED_LIMIT,
  TERM_DAYS,
  ULTRASOUND_GESTATION,
  UNCERTAIN_LMP,
  WEEKS_CODE,
} from './standard-codes.ts';

/** Completed days, both ends included; `known` false = nothing dates the pregnancy. */
export type Gestation = { min: number; max: number; known: boolean };

export const UNKNOWN_GESTATION: Gestation = { min: 0, max: MAX_GESTATION, known: false };

/** One source of dating, aged to now. */
export type DatingSource = {
  /** 1 is best. */
  priority: number;
  interval: { min: number; max: number };
  candidate: Candidate;
};

/** Reads a due date. */
export function fromDueDate(candidate: Candidate, priority: number, moment: Moment): DatingSource | undefined {
  const days = calendarDays(candidate, moment.zone);
  if (!days) return undefined;
  const today = localDay(moment.now, moment.zone);
  if (days.to < today - EDD_PAST || days.from > today + EDD_AHEAD) return undefined;
  const interval = { min: TERM_DAYS - (days.to - today), max: TERM_DAYS - (days.from - today) };
  return { priority, interval, candidate };
}

/** Reads the first day of the last period. */
export function fromLastPeriod(candidate: Candidate, certain: boolean, moment: Moment): DatingSource | undefined {
  const days = calendarDays(candidate, moment.zone);
  if (!days) return undefined;
  const today = localDay(moment.now, moment.zone);
  if (days.from > today || days.to < today - LMP_LIMIT) return undefined;
  const margin = certain ? 0 : UNCERTAIN_LMP;
  const interval = { min: Math.max(0, today - days.to - margin), max: today - days.from + margin };
  return { priority: 5, interval, candidate };
}

/** Reads gestations recorded on a date; weeks and days of the same time are added. */
export function fromRecorded(candidates: Candidate[], moment: Moment): DatingSource[] {
  return candidates
    .filter(({ coding }) => coding?.code !== DAYS_CODE)
    .flatMap((candidate) => recorded(candidate, candidates, moment) ?? []);
}

function recorded(candidate: Candidate, all: Candidate[], { now, zone }: Moment): DatingSource | undefined {
  const { at, coding } = candidate;
  const value = inDays(candidate);
  if (!at || value === undefined) return undefined;
  const today = localDay(now, zone);
  const [first, last] = [localDay(at.from, zone), localDay(Math.min(at.to, now), zone)];
  if (today - first > RECORDED_LIMIT) return undefined;
  const isWeeks = coding?.code === WEEKS_CODE;
  const beyond = isWeeks
    ? all.find((other) => other.coding?.code === DAYS_CODE && other.at?.from === at.from)
    : undefined;
  const extra = beyond ? (inDays(beyond) ?? 0) : 0;
  // Weeks without their days are completed weeks: up to six days more.
  const open = isWeeks && !beyond ? 6 : 0;
  const interval = {
    min: Math.floor(value + extra) + today - last,
    max: Math.ceil(value + extra) + open + today - first,
  };
  return { priority: ULTRASOUND_GESTATION.has(coding?.code ?? '') ? 2 : 4, interval, candidate };
}

function inDays({ value }: Candidate): number | undefined {
  if (typeof value !== 'object' || Array.isArray(value)) return undefined;
  const factor = { d: 1, wk: 7 }[value.unit];
  return factor === undefined ? undefined : value.value * factor;
}

/** The calendar days that a recorded date may mean. */
export function calendarDays({ value }: Candidate, zone: string): { from: number; to: number } | undefined {
  const range = typeof value === 'string' ? instantRange(value, zone) : undefined;
  return range && { from: localDay(range.from, zone), to: localDay(range.to, zone) };
}

/** Gestation as people write it: `24+0`, or `23+5 to 24+2`. */
export function printGestation({ min, max }: { min: number; max: number }): string {
  const weeks = (days: number) => `${Math.floor(days / 7)}+${days % 7}`;
  return min === max ? weeks(min) : `${weeks(min)} to ${weeks(max)}`;
}
