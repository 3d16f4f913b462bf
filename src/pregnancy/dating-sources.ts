/** Everything that dates a pregnancy, aged to now (spec B.2 `gestationRecorded`, `lastPeriodDate`, due dates). */
import type { Moment } from '../evidence/chart.ts';
import type { Candidate } from '../evidence/fact.ts';
import { notFresh } from '../evidence/freshness.ts';
import { localDay } from '../fhir/dates.ts';
import { type ByRole, isAnswer } from './by-role.ts';
import { calendarDays } from './calendar.ts';
import type { DatingSource } from './dating-source.ts';
import { recordedGestations } from './recorded-gestation.ts';
import {
  type DatingKind,
  EDD_AHEAD,
  LMP_LIMIT,
  OVULATION_DUE_DATE,
  TERM_DAYS,
  UNCERTAIN_LMP,
} from './standard-codes.ts';

/** All credible sources, in no order. */
export function datingSources(byRole: ByRole, moment: Moment): DatingSource[] {
  const credible = (candidate: Candidate) => {
    const reason = notFresh(candidate, moment.now, false);
    // A due date or a last period is a date itself: it needs no date of recording.
    return reason === undefined || (reason === 'no-date' && candidate.fact.kind === 'date');
  };
  const isCertain = certainty(byRole);
  return [
    ...byRole
      .statements('edd-scan')
      .filter(credible)
      .flatMap((c) => fromDueDate(c, kindOfDueDate(c), moment)),
    ...byRole
      .statements('edd-lmp')
      .filter(credible)
      .flatMap((c) => fromDueDate(c, 'period-due-date', moment)),
    ...recordedGestations(byRole.statements('recorded').filter(credible), moment),
    ...byRole
      .statements('lmp')
      .filter(credible)
      .flatMap((c) => fromLastPeriod(c, isCertain(c), moment)),
  ];
}

const kindOfDueDate = ({ coding }: Candidate): DatingKind =>
  coding?.code === OVULATION_DUE_DATE ? 'ovulation' : 'ultrasound';

function fromDueDate(candidate: Candidate, kind: DatingKind, { now, zone }: Moment): DatingSource[] {
  const days = calendarDays(candidate, zone);
  const today = localDay(now, zone);
  if (!days || days.from > today + EDD_AHEAD) return [];
  const interval = { min: TERM_DAYS - (days.to - today), max: TERM_DAYS - (days.from - today) };
  return [{ kind, stated: interval, interval, candidate }];
}

function fromLastPeriod(candidate: Candidate, certain: boolean, { now, zone }: Moment): DatingSource[] {
  const days = calendarDays(candidate, zone);
  const today = localDay(now, zone);
  if (!days || days.from > today || days.to < today - LMP_LIMIT) return [];
  const stated = { min: Math.max(0, today - days.to), max: today - days.from };
  const margin = certain ? 0 : UNCERTAIN_LMP;
  const interval = { min: Math.max(0, stated.min - margin), max: stated.max + margin };
  return [{ kind: 'period', stated, interval, candidate }];
}

/** A date is certain when she is sure of this very date and her cycle is not recorded as irregular. */
function certainty(byRole: ByRole): (period: Candidate) => boolean {
  const irregular = byRole.statements('cycle-irregular').some(({ value }) => value === true);
  const sure = new Set(
    byRole.statements('lmp-certain').flatMap(({ value, reference }) => (value === true ? reference : [])),
  );
  const answered = byRole.statements('lmp').filter(({ reference }) => sure.has(reference));
  const dates = new Set(answered.map(({ value }) => value));
  return (period) => !irregular && (isAnswer(period) ? sure.has(period.reference) : dates.has(period.value));
}
