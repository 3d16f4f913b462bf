/** Pregnancy status: what the statements and the last end say together (spec B.2 `pregnancyStatus`, `pregnancyEnd`). */
import type { Moment } from '../evidence/chart.ts';
import { localDay } from '../fhir/dates.ts';
import type { Dating } from './dating.ts';
import type { PregnancyEnd, PregnancyEnds } from './pregnancy-end.ts';
import { LATEPOST_DAYS, POSSIBLE_AFTER_END, TEST_AFTER_END } from './standard-codes.ts';
import type { StatusEvidence } from './status-evidence.ts';

export type Status = 'pregnant' | 'possible' | 'not' | 'ended' | 'unknown';

export type StatusReading = {
  status: Status;
  /** The end that counts: none when a new pregnancy followed it. */
  end: PregnancyEnd | undefined;
  /** Something says that she is pregnant, too long after the end to speak of the ended pregnancy. */
  possibleSinceEnd: boolean;
  notes: string[];
};

/** Reads the status. */
export function readStatus(
  evidence: StatusEvidence[],
  { latest: end, undated }: PregnancyEnds,
  dating: Dating,
  moment: Moment,
): StatusReading {
  if (end) return afterEnd(evidence, end, dating, moment);
  const today = localDay(moment.now, moment.zone);
  const reading = { end: undefined, possibleSinceEnd: false, ...weighed(evidence, dating, today) };
  // An end without a date cannot be later than what says that she is pregnant; it can explain why nothing does.
  const isRecent = undated !== undefined && undated.daysAgo <= LATEPOST_DAYS;
  const ended = isRecent && (reading.status === 'not' || reading.status === 'unknown');
  if (!ended) return reading;
  const notes = ['a pregnancy ended in the last year, the date is not known: taken as recent'];
  return { status: 'ended', end: undated, possibleSinceEnd: false, notes };
}

function afterEnd(evidence: StatusEvidence[], end: PregnancyEnd, dating: Dating, moment: Moment): StatusReading {
  const today = localDay(moment.now, moment.zone);
  const later = evidence.filter(({ day }) => day > end.day);
  const positives = later.filter(({ says }) => says === 'pregnant');
  // A due date or a last period of before the end is no source any more: what dates her now began after it.
  const isNew = dating.sources.length > 0 && positives.some(({ day }) => day > end.day + TEST_AFTER_END);
  if (isNew) return { end: undefined, possibleSinceEnd: false, ...weighed(later, dating, today) };
  if (today - end.day > LATEPOST_DAYS) return { end, possibleSinceEnd: false, ...weighed(later, dating, today) };
  // An imprecise end may have been earlier: then more of what is positive is too late to speak of it.
  const possibleSinceEnd = evidence.some(
    ({ says, day }) => says === 'pregnant' && day > end.earliest + POSSIBLE_AFTER_END,
  );
  const notes = possibleSinceEnd
    ? [`positive more than ${POSSIBLE_AFTER_END} days after the end, without a new due date or period`]
    : [];
  return { status: 'ended', end, possibleSinceEnd, notes };
}

function weighed(
  evidence: StatusEvidence[],
  { overdueSince }: Dating,
  today: number,
): Pick<StatusReading, 'status' | 'notes'> {
  // What is more than 44 weeks says no more that she is pregnant, nor does what spoke of that pregnancy.
  const isPast = ({ says, day }: StatusEvidence) =>
    overdueSince !== undefined && says !== 'not' && day <= overdueSince + TEST_AFTER_END;
  const current = evidence.filter((one) => !isPast(one));
  const status = weigh(current);
  const denied = current.some(({ says }) => says === 'not');
  const notes = [
    ...(status === 'pregnant' && denied ? ['a negative statement stands against the recorded pregnancy'] : []),
    ...(current.length < evidence.length || (overdueSince ?? 0) >= today - LATEPOST_DAYS
      ? ['the recorded dates make more than 44 weeks: the pregnancy status is not known from them']
      : []),
  ];
  return { status, notes };
}

/** Any positive wins, but a newer recorded denial takes back tests, answers and observations (spec B.1 Conflicts 3). */
function weigh(evidence: StatusEvidence[]): Status {
  const denials = evidence.filter(({ says, kind }) => says === 'not' && kind === 'stated');
  const lastDenial = Math.max(Number.NEGATIVE_INFINITY, ...denials.map(({ time }) => time));
  const standing = evidence.filter((one) => one.says === 'not' || !isRetractable(one) || one.time >= lastDenial);
  if (standing.some(({ says }) => says === 'pregnant')) return 'pregnant';
  if (standing.some(({ says }) => says === 'possible')) return 'possible';
  return standing.length > 0 ? 'not' : 'unknown';
}

const isRetractable = ({ kind, candidate }: StatusEvidence): boolean =>
  kind === 'tested' || kind === 'answered' || (kind === 'stated' && candidate.source === 'observation');
