/** Pregnancy status and end from all sources (spec B.2 `pregnancyStatus`, `pregnancyEnd`). */
import type { Moment } from '../evidence/chart.ts';
import type { Candidate } from '../evidence/fact.ts';
import { notFresh } from '../evidence/freshness.ts';
import { numberOf } from '../evidence/resolve.ts';
import { localDay } from '../fhir/dates.ts';
import type { ByRole, Dating } from './dating.ts';
import { calendarDays } from './gestation.ts';
import { HCG_POSITIVE, HCG_POSSIBLE, LATEPOST_DAYS, TEST_AFTER_END } from './standard-codes.ts';

export type Status = 'pregnant' | 'possible' | 'not' | 'ended' | 'unknown';

/** When a pregnancy ended, in days before today, and whether a positive test may mean that it persists. */
export type PregnancyEnd = { daysAgo: number; mayPersist: boolean; candidate: Candidate };

/** One statement about being pregnant. */
type StatusEvidence = { says: 'pregnant' | 'possible' | 'not'; day: number; candidate: Candidate };

export type StatusReading = {
  status: Status;
  end: PregnancyEnd | undefined;
  evidence: StatusEvidence[];
  /** The newest pregnancy test, if any. */
  test: StatusEvidence | undefined;
  notes: string[];
};

/** Reads the status; a recorded end that is later than every positive ends the pregnancy. */
export function readStatus(byRole: ByRole, dating: Dating, moment: Moment): StatusReading {
  const today = localDay(moment.now, moment.zone);
  const evidence = statusEvidence(byRole, dating, moment);
  const end = newestEnd(byRole, moment);
  const [test] = evidence.filter(({ candidate }) => candidate.fact.role === 'test').sort((a, b) => b.day - a.day);
  const positives = evidence.filter(({ says }) => says === 'pregnant');
  const newPregnancy = end && isNewPregnancy(positives, dating, today - end.daysAgo, today);
  if (end && !newPregnancy && end.daysAgo <= LATEPOST_DAYS) return { status: 'ended', end, evidence, test, notes: [] };
  const afterEnd = evidence.filter(({ day }) => !end || newPregnancy || day > today - end.daysAgo);
  const status = dating.overdue ? 'unknown' : weigh(afterEnd);
  const denied = afterEnd.some(({ says }) => says === 'not');
  const notes = status === 'pregnant' && denied ? ['a negative statement stands against the recorded pregnancy'] : [];
  return { status, end: newPregnancy ? undefined : end, evidence, test, notes };
}

function statusEvidence(byRole: ByRole, dating: Dating, { now, zone }: Moment): StatusEvidence[] {
  const today = localDay(now, zone);
  const dayOf = ({ at }: Candidate) => (at ? localDay(Math.min(at.to, now), zone) : today);
  const said = (['status', 'test', 'known'] as const).flatMap(byRole).flatMap((candidate): StatusEvidence[] => {
    const option = candidate.fact.options.find(({ value }) => value === candidate.value);
    const says = option?.pregnancyMeaning;
    if (says !== 'pregnant' && says !== 'possible' && says !== 'not') return [];
    return [{ says, day: dayOf(candidate), candidate }];
  });
  const measured = byRole('test-level').map((candidate): StatusEvidence => {
    const value = numberOf(candidate.value) ?? 0;
    const says = value >= HCG_POSITIVE ? 'pregnant' : value >= HCG_POSSIBLE ? 'possible' : 'not';
    return { says, day: dayOf(candidate), candidate };
  });
  const fresh = [...said, ...measured].filter(({ candidate }) => notFresh(candidate, now, false) === undefined);
  const { source } = dating;
  // A due date or a recorded gestation is a statement that she is pregnant; a last period alone is not.
  const dated =
    source && source.priority < 5
      ? [{ says: 'pregnant' as const, day: dayOf(source.candidate), candidate: source.candidate }]
      : [];
  return [...fresh, ...dated];
}

function newestEnd(byRole: ByRole, { now, zone }: Moment): PregnancyEnd | undefined {
  const today = localDay(now, zone);
  const dates = byRole('end-date');
  const ends = byRole('end').flatMap((candidate): PregnancyEnd[] => {
    const meaning = candidate.fact.options.find(({ value }) => value === candidate.value)?.pregnancyMeaning;
    if (meaning !== 'ended' && meaning !== 'ended-may-persist') return [];
    const day = endDay(candidate, dates, zone);
    return day === undefined || day > today
      ? []
      : [{ daysAgo: today - day, mayPersist: meaning === 'ended-may-persist', candidate }];
  });
  const recorded = dates
    .filter(({ source }) => source === 'observation')
    .flatMap((candidate): PregnancyEnd[] => {
      const day = calendarDays(candidate, zone)?.to;
      return day === undefined || day > today ? [] : [{ daysAgo: today - day, mayPersist: false, candidate }];
    });
  return [...ends, ...recorded].sort((a, b) => a.daysAgo - b.daysAgo)[0];
}

/** An answered end is dated by the answer about its date; a Condition by itself. */
function endDay(end: Candidate, dates: Candidate[], zone: string): number | undefined {
  if (end.source === 'condition') return end.at && localDay(end.at.to, zone);
  const date = dates.find(({ reference }) => reference === end.reference);
  return date && calendarDays(date, zone)?.to;
}

/** Positive evidence more than 21 days after the end, with a due date or period that began after it. */
function isNewPregnancy(positives: StatusEvidence[], dating: Dating, endDate: number, today: number): boolean {
  const later = positives.some(({ day }) => day > endDate + TEST_AFTER_END);
  const began = dating.gestation.known && dating.source ? today - dating.gestation.max : undefined;
  return later && began !== undefined && began >= endDate - TEST_AFTER_END;
}

/** Any positive wins, but a clinician's newer "not pregnant" takes back tests and answers (spec B.1 Conflicts 3). */
function weigh(evidence: StatusEvidence[]): Status {
  const denials = evidence.filter(({ says, candidate }) => says === 'not' && candidate.fact.role === 'status');
  const lastDenial = Math.max(-1, ...denials.map(({ day }) => day));
  const retractable = ({ candidate }: StatusEvidence) =>
    candidate.fact.role === 'test' || candidate.fact.role === 'known' || candidate.source === 'observation';
  const standing = evidence.filter((e) => e.says === 'not' || !retractable(e) || isDated(e) || e.day >= lastDenial);
  if (standing.some(({ says }) => says === 'pregnant')) return 'pregnant';
  if (standing.some(({ says }) => says === 'possible')) return 'possible';
  return standing.length > 0 ? 'not' : 'unknown';
}

const isDated = ({ candidate }: StatusEvidence): boolean =>
  candidate.fact.role !== 'status' &&
  candidate.fact.role !== 'test' &&
  candidate.fact.role !== 'known' &&
  candidate.fact.role !== 'test-level';
