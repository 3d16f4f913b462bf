/** When something is to be done, in words (R4 `timing[x]` of an action). */
import { conceptText } from '../fhir/codings.ts';
import type { PlanDefinitionAction, Quantity } from '../fhir/types.ts';

/** Empty when there is no timing, or none that has words. */
export function timingTexts(action: PlanDefinitionAction): string[] {
  const { timingAge, timingDateTime, timingDuration, timingPeriod, timingRange, timingTiming } = action;
  const range = timingRange && between(amount(timingRange.low), amount(timingRange.high));
  const found = [
    timingDateTime,
    prefixed('within', amount(timingDuration)),
    prefixed('at the age of', amount(timingAge)),
    timingPeriod && between(timingPeriod.start, timingPeriod.end),
    range,
    timingTiming && repeated(timingTiming),
  ];
  return found.flatMap((text) => text || []);
}

const amount = (quantity: Quantity | undefined): string | undefined =>
  quantity?.value === undefined
    ? undefined
    : [quantity.comparator, quantity.value, quantity.unit ?? quantity.code]
        .filter((part) => part !== undefined)
        .join(' ');

const prefixed = (word: string, text: string | undefined) => text && `${word} ${text}`;

function between(from: string | undefined, to: string | undefined): string | undefined {
  if (from && to) return `${from} to ${to}`;
  return from ? `from ${from}` : prefixed('until', to);
}

const UNITS: Readonly<Record<string, string>> = {
  s: 'seconds',
  min: 'minutes',
  h: 'hours',
  d: 'days',
  wk: 'weeks',
  mo: 'months',
  a: 'years',
};

type Timing = NonNullable<PlanDefinitionAction['timingTiming']>;

function repeated({ code, event, repeat }: Timing): string | undefined {
  const words = conceptText(code);
  if (words) return words;
  const { frequency = 1, period, periodUnit } = repeat ?? {};
  if (period !== undefined && periodUnit !== undefined)
    return `${frequency === 1 ? 'once' : `${frequency} times`} in ${period} ${UNITS[periodUnit]}`;
  return event?.join(', ');
}
