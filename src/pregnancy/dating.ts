/** The gestation interval: the best source, and what speaks against it (spec B.2 `gestation`). */
import type { Moment } from '../evidence/chart.ts';
import type { Candidate } from '../evidence/fact.ts';
import { notFresh } from '../evidence/freshness.ts';
import { localDay } from '../fhir/dates.ts';
import { type ByRole, newestOfEachSource, timeOf } from './by-role.ts';
import type { DatingSource } from './dating-source.ts';
import { datingSources } from './dating-sources.ts';
import { compareSources } from './discrepancy.ts';
import { clamped, type Gestation, hull, UNKNOWN_GESTATION } from './gestation.ts';
import type { PregnancyEnd } from './pregnancy-end.ts';
import { AFTER_END, DATING_KINDS, MAX_GESTATION } from './standard-codes.ts';

export type Dating = {
  gestation: Gestation;
  /** Sources of this pregnancy that lie inside a pregnancy, the best first; a mere guess is none. */
  sources: DatingSource[];
  /** What the interval rests on. */
  datedBy: Candidate[];
  /** The day on which the latest of all sources passed 44 weeks, when none is left that dates a pregnancy now. */
  overdueSince: number | undefined;
  /** A disagreement above the limits of ACOG CO 700. */
  conflict: boolean;
  notes: string[];
};

/** Dates the pregnancy that began after the last end, if there was one. */
export function datePregnancy(byRole: ByRole, end: PregnancyEnd | undefined, moment: Moment): Dating {
  const today = localDay(moment.now, moment.zone);
  const all = datingSources(byRole, moment).filter(
    ({ interval }) => !end || today - interval.min >= end.day - AFTER_END,
  );
  const sources = all.filter(({ interval }) => interval.min <= MAX_GESTATION).sort(byPriority);
  const [best] = sources;
  if (best) return { ...combine(best, sources), sources, overdueSince: undefined };
  const nothing = { sources, conflict: false, notes: [] };
  if (all.length === 0) return { ...fromGuess(byRole, end, moment), ...nothing, overdueSince: undefined };
  const passed = all.map(({ interval }) => today - (interval.min - MAX_GESTATION));
  return { gestation: UNKNOWN_GESTATION, datedBy: [], ...nothing, overdueSince: Math.max(...passed) };
}

function combine(best: DatingSource, sources: DatingSource[]) {
  const { added, conflict, notes } = compareSources(best, sources);
  const counted = [best, ...added];
  const interval = clamped(hull(counted.map((source) => source.interval)));
  return {
    gestation: { ...interval, known: true },
    datedBy: counted.map(({ candidate }) => candidate),
    conflict,
    notes,
  };
}

/** Best kind, then newest, then by what it says and where: the order of the input never matters. */
function byPriority(a: DatingSource, b: DatingSource): number {
  return (
    DATING_KINDS.indexOf(a.kind) - DATING_KINDS.indexOf(b.kind) ||
    timeOf(b.candidate) - timeOf(a.candidate) ||
    a.interval.min - b.interval.min ||
    a.interval.max - b.interval.max ||
    a.candidate.reference.localeCompare(b.candidate.reference)
  );
}

/** Only when no dated source exists: her own guess, else what the last end leaves possible. */
function fromGuess(byRole: ByRole, end: PregnancyEnd | undefined, { now, zone }: Moment) {
  const guesses = byRole.statements('how-far').filter((guess) => notFresh(guess, now, false) === undefined);
  const newest = newestOfEachSource(guesses).sort((a, b) => a.reference.localeCompare(b.reference));
  const ranges = newest.flatMap(({ fact, value }) => fact.options.find((o) => o.value === value)?.gestationRange ?? []);
  if (ranges.length > 0) return { gestation: { ...hull(ranges), known: true }, datedBy: newest };
  return { gestation: end ? sinceEnd(end, localDay(now, zone)) : UNKNOWN_GESTATION, datedBy: [] };
}

/** After a pregnancy that ended n days ago an unknown gestation is [0, n + 14]. */
export function sinceEnd({ earliest }: PregnancyEnd, today: number): Gestation {
  const max = today - earliest + AFTER_END;
  return max < MAX_GESTATION ? { min: 0, max, known: true } : UNKNOWN_GESTATION;
}
