/** When the last pregnancy ended (spec B.2 `pregnancyEnd`): the latest date wins. */
import type { Moment } from '../evidence/chart.ts';
import type { Candidate } from '../evidence/fact.ts';
import { localDay } from '../fhir/dates.ts';
import { type ByRole, isAnswer, newestOfEachSource } from './by-role.ts';
import { calendarDays, type DayRange, pastDays } from './calendar.ts';
import { LATEPOST_DAYS } from './standard-codes.ts';

export type PregnancyEnd = {
  /** The last and the first day of the site's calendar on which it may have been. */
  day: number;
  earliest: number;
  /** Completed days since {@link day}. */
  daysAgo: number;
  /** A later positive test may mean that it persists. */
  mayPersist: boolean;
  candidate: Candidate;
};

export type PregnancyEnds = {
  latest: PregnancyEnd | undefined;
  /** Answered without a date: some day of the last year. */
  undated: PregnancyEnd | undefined;
};

type Ended = { candidate: Candidate; mayPersist: boolean };

/** Reads all ends. */
export function readEnds(byRole: ByRole, moment: Moment): PregnancyEnds {
  const today = localDay(moment.now, moment.zone);
  const dates = byRole.statements('end-date');
  const build = ({ candidate, mayPersist }: Ended, on: DayRange): PregnancyEnd[] => {
    if (on.from > today) return [];
    const day = Math.min(on.to, today);
    return [{ day, earliest: on.from, daysAgo: today - day, mayPersist, candidate }];
  };
  const dated: PregnancyEnd[] = [];
  const undated: PregnancyEnd[] = [];
  // What is only suspected has not ended it (spec 0.5 PREG).
  const lost = endedOf(byRole).filter(
    (ended) => !ended.candidate.positivesOnly && !isUnresolved(ended, byRole, moment),
  );
  for (const ended of lost) {
    const on = daysOf(ended.candidate, dates, moment);
    if (on) dated.push(...build(ended, on));
    else if (isAnswer(ended.candidate)) undated.push(...build(ended, lastYear(ended.candidate, moment, today)));
  }
  for (const candidate of dates) {
    const on = isAnswer(candidate) ? undefined : calendarDays(candidate, moment.zone);
    if (on) dated.push(...build({ candidate, mayPersist: false }, on));
  }
  return { latest: latestOf(dated), undated: latestOf(undated) };
}

/** Statements that a pregnancy ended; a newer answer of the same person replaces her older ones. */
function endedOf(byRole: ByRole): Ended[] {
  const statements = byRole.statements('end');
  const counted = [...newestOfEachSource(statements.filter(isAnswer)), ...statements.filter((s) => !isAnswer(s))];
  return counted.flatMap((candidate) => {
    const meaning = candidate.fact.options.find(({ value }) => value === candidate.value)?.pregnancyMeaning;
    if (meaning !== 'ended' && meaning !== 'ended-may-persist') return [];
    return { candidate, mayPersist: meaning === 'ended-may-persist' };
  });
}

/**
 * A loss diagnosed on the day of a pregnancy that is recorded as going on has not ended it: the end is not later, and it
 * may persist (spec 0.5 PREG, "diagnosed but unresolved").
 */
function isUnresolved({ candidate, mayPersist }: Ended, byRole: ByRole, moment: Moment): boolean {
  if (!mayPersist || candidate.source !== 'condition') return false;
  const day = startedOn(candidate, moment);
  return byRole.statements('status').some((stated) => {
    const meaning = stated.fact.options.find(({ value }) => value === stated.value)?.pregnancyMeaning;
    const goesOn = stated.source === 'condition' && (stated.over === undefined || stated.over.to > moment.now);
    return goesOn && meaning === 'pregnant' && startedOn(stated, moment) === day;
  });
}

const startedOn = ({ began, at }: Candidate, moment: Moment): number | undefined => pastDays(began ?? at, moment)?.to;

/** An answered end is dated by the answer about its date; a diagnosis by its onset, which its recording may follow late. */
function daysOf(end: Candidate, dates: Candidate[], moment: Moment): DayRange | undefined {
  if (!isAnswer(end)) return pastDays(end.began ?? end.at, moment);
  const answered = dates.filter(({ reference }) => reference === end.reference);
  const days = answered.flatMap((date) => calendarDays(date, moment.zone) ?? []);
  return days.sort((a, b) => b.to - a.to)[0];
}

function lastYear({ at }: Candidate, moment: Moment, today: number): DayRange {
  const answered = pastDays(at, moment)?.to ?? today;
  return { from: answered - LATEPOST_DAYS, to: answered };
}

/** The latest; of the same day the one that may persist, then by what it may span and where it stands. */
function latestOf(ends: PregnancyEnd[]): PregnancyEnd | undefined {
  const [latest] = ends.sort(
    (a, b) =>
      b.day - a.day ||
      Number(b.mayPersist) - Number(a.mayPersist) ||
      a.earliest - b.earliest ||
      a.candidate.reference.localeCompare(b.candidate.reference),
  );
  return latest;
}
