/** Gestations recorded on a date, aged to now (spec B.2 `gestationRecorded`). */
import type { Moment } from '../evidence/chart.ts';
import type { Candidate } from '../evidence/fact.ts';
import { localDay } from '../fhir/dates.ts';
import { pastDays } from './calendar.ts';
import type { DatingSource } from './dating-source.ts';
import { DAYS_CODE, GESTATION_UNITS, ULTRASOUND_GESTATION, WEEKS_CODE } from './standard-codes.ts';

/** Reads recorded gestations; whole weeks and the days beyond them are added when they are of the same time. */
export function recordedGestations(candidates: Candidate[], moment: Moment): DatingSource[] {
  const beyond = new Map<number, number[]>();
  for (const candidate of candidates) {
    const days = inDays(candidate);
    if (candidate.coding?.code !== DAYS_CODE || !candidate.at || days === undefined) continue;
    beyond.set(candidate.at.from, [...(beyond.get(candidate.at.from) ?? []), days]);
  }
  return candidates.flatMap((candidate) => {
    if (candidate.coding?.code === DAYS_CODE || !candidate.at) return [];
    return recorded(candidate, beyond.get(candidate.at.from) ?? [], moment);
  });
}

function recorded(candidate: Candidate, beyond: number[], moment: Moment): DatingSource[] {
  const { at, coding } = candidate;
  const value = inDays(candidate);
  const on = pastDays(at, moment);
  const today = localDay(moment.now, moment.zone);
  if (value === undefined || !on) return [];
  // Weeks without their days are completed weeks: up to six days more.
  const further = coding?.code !== WEEKS_CODE ? [0] : beyond.length > 0 ? beyond : [0, 6];
  const interval = {
    min: Math.floor(value + Math.min(...further)) + today - on.to,
    max: Math.ceil(value + Math.max(...further)) + today - on.from,
  };
  const kind = ULTRASOUND_GESTATION.has(coding?.code ?? '') ? 'ultrasound-gestation' : 'gestation';
  return [{ kind, stated: interval, interval, candidate }];
}

/** The recorded number in days; one in months has no length and is not read. */
function inDays({ value }: Candidate): number | undefined {
  if (typeof value !== 'object' || Array.isArray(value)) return undefined;
  const factor = { d: 1, wk: 7 }[value.unit];
  const readable = factor !== undefined && GESTATION_UNITS.has(value.comparable.code);
  return readable ? value.value * factor : undefined;
}
