/** How often a day something is taken, at most. */
import type { Dosage } from '../cds-hooks/draft-orders.ts';
import { DAY, milliseconds } from '../fhir/durations.ts';

type Timing = Dosage['timing'];

/** HL7 timing abbreviations (GTSAbbreviation) as times a day. */
const TIMES: Record<string, number> = {
  QD: 1,
  AM: 1,
  PM: 1,
  BED: 1,
  QOD: 0.5,
  BID: 2,
  TID: 3,
  QID: 4,
  Q1H: 24,
  Q2H: 12,
  Q3H: 8,
  Q4H: 6,
  Q6H: 4,
  Q8H: 3,
  Q12H: 2,
};

/** Times a day; undefined when the order does not say it in a form that can be read. */
export function timesADay(timing: Timing): number | undefined {
  const { frequency, frequencyMax, period, periodUnit } = timing?.repeat ?? {};
  const length = milliseconds({ value: period ?? 0, code: periodUnit ?? '' });
  const most = frequencyMax ?? frequency ?? 1;
  if (length && length > 0 && most > 0) return (most * DAY) / length;
  const codes = timing?.code?.coding?.flatMap(({ code }) => code ?? []) ?? [];
  const known = [...codes, timing?.code?.text ?? ''].map((code) => TIMES[code.toUpperCase()]);
  return known.find((times) => times !== undefined) ?? (isOnce(timing) ? 1 : undefined);
}

/** One dose only: said as a count of one or as one moment, never guessed. */
export function isOnce(timing: Timing): boolean {
  const { count, countMax, frequency, period } = timing?.repeat ?? {};
  if (count !== undefined) return Math.max(count, countMax ?? 0) === 1;
  return timing?.event?.length === 1 && frequency === undefined && period === undefined;
}
