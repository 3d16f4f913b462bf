/** Last period and her own guess: spec B.2 `lastPeriodDate`, `lastPeriodCertain`, `howFarAlong`. */
import { describe, expect, test } from '@jest/globals';
import type { FhirResource } from '../../src/fhir/types.ts';
import {
  answered,
  dateAgo,
  dated,
  daysAgo,
  diagnosis,
  gestationOf,
  ICD,
  observed,
  scanDue,
  secondsAgo,
  summary,
} from '../harness/pregnancy.ts';

/** A last period `days` ago, and whether she is sure of it. */
const period = (days: number, certain: string | null = 'yes') =>
  answered({ lastPeriodDate: dateAgo(days), lastPeriodCertain: certain });

describe('lastPeriodDate', () => {
  test.each(['8665-2', '21840007'])('%s', (code) => {
    expect(gestationOf([observed(code, dated(dateAgo(60)))])).toBe('6+4 to 10+4');
  });

  test('YYYY-MM -> whole month', () => {
    // 1 to 31 August 2026 are 116 to 86 days ago.
    expect(gestationOf(answered({ lastPeriodDate: '2026-08', lastPeriodCertain: 'yes' }))).toBe('12+2 to 16+4');
  });

  test.each([
    ['ahead', dateAgo(-1), 'unknown'],
    ['today', dateAgo(0), '0+0'],
    ['of this month: not before 0+0', '2026-11', '0+0 to 3+3'],
  ])('date <= now: %s', (_name, date, expected) => {
    expect(gestationOf(answered({ lastPeriodDate: date, lastPeriodCertain: 'yes' }))).toBe(expected);
  });

  test.each([
    [310, 'POSS unknown unknown'],
    [311, 'PREG pregnant unknown'],
  ])('LMP 310|311 d: read, and then more than 44 weeks; or not read: %i', (days, expected) => {
    const form = answered({ pregnancyKnown: 'scan', lastPeriodDate: dateAgo(days), lastPeriodCertain: 'yes' });
    expect(summary(form)).toBe(expected);
  });

  test('when she later answers another date then the older one no longer counts', () => {
    const [older, newer] = [dateAgo(120), dateAgo(60)].map((lastPeriodDate, at) =>
      answered({ lastPeriodDate, lastPeriodCertain: 'yes' }, daysAgo(9 - at)),
    );
    expect(gestationOf([...(older ?? []), ...(newer ?? [])])).toBe('8+4');
  });
});

describe('lastPeriodCertain: not yes, or irregular cycle -> widen +- 14 d', () => {
  test.each([
    ['yes', '8+4'],
    ['no', '6+4 to 10+4'],
    ['notSure', '6+4 to 10+4'],
    [null, '6+4 to 10+4'],
  ])('answered %s', (certain, expected) => {
    expect(gestationOf(period(60, certain))).toBe(expected);
  });

  test('an irregular cycle', () => {
    expect(gestationOf([...period(60), diagnosis('N92.6', { system: ICD, onset: '2020-01-01' })])).toBe('6+4 to 10+4');
  });

  test('not before 0+0', () => expect(gestationOf(period(10, 'no'))).toBe('0+0 to 3+3'));

  test('sureness is of a date: a recorded period of another date is not certain', () => {
    const recorded = (days: number) => observed('8665-2', dated(dateAgo(days)), '{{now-1m}}');
    expect(gestationOf([...period(60), recorded(60)])).toBe('8+4');
    expect(gestationOf([...period(60), recorded(63)])).toBe('7+0 to 11+0');
  });
});

describe('howFarAlong: only when no dated source exists', () => {
  const far = (answer: string) => answered({ pregnancyKnown: 'scan', howFarAlong: answer });
  test.each([
    ['firstThreeMonths', '0+0 to 13+6'],
    ['threeToFiveMonths', '12+0 to 21+6'],
    ['moreThanFiveMonths', '20+0 to 44+0'],
    ['notSure', 'unknown'],
  ])('%s', (answer, expected) => {
    expect(gestationOf(far(answer))).toBe(expected);
  });

  test.each<[string, FhirResource[], string]>([
    ['a due date', [scanDue(200)], '28+4'],
    ['a last period', period(60), '8+4'],
    ['a date of more than 44 weeks', [scanDue(309)], 'unknown'],
  ])('when there is %s then it does not count', (_name, chart, expected) => {
    expect(gestationOf([...far('firstThreeMonths'), ...chart])).toBe(expected);
  });

  test.each([
    [daysAgo(7), '0+0 to 13+6'],
    [secondsAgo(7, 1), 'unknown'],
  ])('7 d: answered at %s', (authored, expected) => {
    expect(gestationOf(answered({ howFarAlong: 'firstThreeMonths' }, authored))).toBe(expected);
  });
});

test('the interval is clamped to 0..308', () => {
  expect(gestationOf(period(305, 'no'))).toBe('41+4 to 44+0');
});
