/** Pregnancy status: one test for each sentence of spec B.2 `pregnancyKnown` and `pregnancyStatus`. */
import { describe, expect, test } from '@jest/globals';
import {
  amount,
  answered,
  coded,
  dateAgo,
  dated,
  daysAgo,
  dueAt,
  NEGATIVE,
  observed,
  POSITIVE,
  procedure,
  scanDue,
  secondsAgo,
  statusOf,
  summary,
  urineTest,
} from '../harness/pregnancy.ts';

describe('pregnancyKnown: first three -> pregnant; thinkSo -> possible', () => {
  test.each([
    ['positiveTest', 'pregnant'],
    ['scan', 'pregnant'],
    ['toldByClinician', 'pregnant'],
    ['thinkSo', 'possible'],
    ['no', 'not'],
    ['notSure', 'unknown'],
  ])('when she answers %s then the status is %s', (answer, status) => {
    expect(statusOf(answered({ pregnancyKnown: answer }))).toBe(status);
  });

  test.each([
    ['scan', daysAgo(300), 'pregnant'],
    ['scan', secondsAgo(300, 1), 'unknown'],
    ['no', daysAgo(7), 'not'],
    ['no', secondsAgo(7, 1), 'unknown'],
  ])('yes 300 d, no 7 d: %s at %s is %s', (answer, authored, status) => {
    expect(statusOf(answered({ pregnancyKnown: answer }, authored))).toBe(status);
  });

  test('when she later answers no to the same question then her yes no longer counts', () => {
    const forms = [
      ...answered({ pregnancyKnown: 'positiveTest' }, daysAgo(20)),
      ...answered({ pregnancyKnown: 'no' }, daysAgo(1)),
    ];
    expect(statusOf(forms)).toBe('not');
  });
});

describe('status Observation 82810-3', () => {
  test.each([
    ['77386006', 'pregnant'],
    ['LA15173-0', 'pregnant'],
    ['60001007', 'not'],
    ['146799005', 'possible'],
    ['152231000119106', 'possible'],
    ['LA26683-5', 'unknown'],
    ['LA4489-6', 'unknown'],
  ])('when its value is %s then the status is %s', (code, status) => {
    expect(statusOf([observed('82810-3', coded(code))])).toBe(status);
  });

  test.each([
    ['60001007', daysAgo(7), 'not'],
    ['60001007', secondsAgo(7, 1), 'unknown'],
    ['77386006', daysAgo(300), 'pregnant'],
    ['77386006', secondsAgo(300, 1), 'unknown'],
  ])('status Obs: neg 7 d, pos 300 d: %s at %s is %s', (code, effective, status) => {
    expect(statusOf([observed('82810-3', coded(code), effective)])).toBe(status);
  });

  test('when a newer one says something else then the newer one counts', () => {
    const older = observed('82810-3', coded('77386006'), daysAgo(9));
    expect(statusOf([older, observed('82810-3', coded('60001007'), daysAgo(2))])).toBe('not');
    expect(statusOf([older, observed('82810-3', coded('60001007'), daysAgo(10))])).toBe('pregnant');
    expect(statusOf([older, observed('82810-3', coded('146799005'), daysAgo(2))])).toBe('possible');
  });

  test('when it denies the pregnancy after a positive test then the test is taken back', () => {
    const denial = observed('82810-3', coded('60001007'), daysAgo(2));
    expect(statusOf([urineTest(POSITIVE, daysAgo(5)), denial])).toBe('not');
    expect(statusOf([urineTest(POSITIVE, daysAgo(2)), denial])).toBe('pregnant');
    expect(statusOf([urineTest(POSITIVE, daysAgo(1)), denial])).toBe('pregnant');
  });
});

describe('tests: neg 14 d, pos 300 d', () => {
  test.each([
    ['urine 80384-1', '80384-1', POSITIVE, daysAgo(300), 'pregnant'],
    ['urine 80384-1', '80384-1', POSITIVE, secondsAgo(300, 1), 'unknown'],
    ['urine 80384-1', '80384-1', NEGATIVE, daysAgo(14), 'not'],
    ['urine 80384-1', '80384-1', NEGATIVE, secondsAgo(14, 1), 'unknown'],
    ['serum 2118-8', '2118-8', POSITIVE, daysAgo(300), 'pregnant'],
    ['serum 2118-8', '2118-8', POSITIVE, secondsAgo(300, 1), 'unknown'],
    ['serum 2118-8', '2118-8', NEGATIVE, daysAgo(14), 'not'],
    ['serum 2118-8', '2118-8', NEGATIVE, secondsAgo(14, 1), 'unknown'],
    ['urine 2106-3, whose meaning is not verified', '2106-3', POSITIVE, daysAgo(1), 'unknown'],
    ['quantitative 19080-1', '19080-1', amount(25, '[IU]/L'), daysAgo(300), 'pregnant'],
    ['quantitative 19080-1', '19080-1', amount(25, '[IU]/L'), secondsAgo(300, 1), 'unknown'],
    ['quantitative 21198-7', '21198-7', amount(4.9, '[IU]/L'), daysAgo(14), 'not'],
    ['quantitative 21198-7', '21198-7', amount(4.9, '[IU]/L'), secondsAgo(14, 1), 'unknown'],
  ])('%s', (_name, code, value, effective, status) => {
    expect(statusOf([observed(code, value, effective)])).toBe(status);
  });

  test.each([
    [4.9, '[IU]/L', 'not'],
    [5, '[IU]/L', 'possible'],
    [24.9, '[IU]/L', 'possible'],
    [25, '[IU]/L', 'pregnant'],
    [24.9, 'm[IU]/mL', 'possible'],
    [25, 'm[IU]/mL', 'pregnant'],
    [0.025, 'k[IU]/L', 'pregnant'],
  ])('quantitative >= 25 [IU]/L positive, 5-24.9 possible: %s %s is %s', (value, unit, status) => {
    expect(statusOf([observed('19080-1', amount(value, unit))])).toBe(status);
  });

  test('when a preliminary result is positive then it counts, when it is negative it does not', () => {
    const preliminary = { status: 'preliminary' };
    expect(statusOf([observed('80384-1', POSITIVE, daysAgo(1), preliminary)])).toBe('pregnant');
    expect(statusOf([observed('80384-1', NEGATIVE, daysAgo(1), preliminary)])).toBe('unknown');
    expect(statusOf([observed('19080-1', amount(30, '[IU]/L'), daysAgo(1), preliminary)])).toBe('pregnant');
    expect(statusOf([observed('19080-1', amount(3, '[IU]/L'), daysAgo(1), preliminary)])).toBe('unknown');
  });

  test('when the newest urine test is negative then it replaces a positive one; a serum level beside it does not yield', () => {
    const negative = urineTest(NEGATIVE, daysAgo(1));
    expect(statusOf([urineTest(POSITIVE, daysAgo(40)), negative])).toBe('not');
    expect(statusOf([observed('19080-1', amount(300, '[IU]/L'), daysAgo(2)), negative])).toBe('pregnant');
  });
});

describe('future EDD', () => {
  test('when a due date lies ahead then she is pregnant', () => {
    expect(summary([scanDue(200)])).toBe('PREG pregnant 28+4');
  });

  test('when a due date has no date of recording then it counts all the same', () => {
    const undated = observed('11778-8', dated(dueAt(200)), '');
    expect(JSON.stringify(undated)).not.toContain('effective');
    expect(summary([undated])).toBe('PREG pregnant 28+4');
  });

  test('when a last period is all there is then it makes nobody pregnant', () => {
    expect(statusOf([observed('8665-2', dated(dateAgo(60)))])).toBe('unknown');
  });
});

describe('End event later than the positive -> ended', () => {
  const positive = urineTest(POSITIVE, daysAgo(60));
  test.each([
    ['a birth after it', procedure('66348005', daysAgo(10)), 'ended'],
    ['a birth on the same day', procedure('66348005', daysAgo(60)), 'ended'],
    ['a delivery that was not done', procedure('66348005', daysAgo(10), 'not-done'), 'pregnant'],
  ])('%s', (_name, end, status) => {
    expect(statusOf([positive, end])).toBe(status);
  });
});
