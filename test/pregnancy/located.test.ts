/** Where the pregnancy is, and when it began: one test for each sentence of spec B.2 `pregnancyLocated`. */
import { describe, expect, test } from '@jest/globals';
import type { FhirResource } from '../../src/fhir/types.ts';
import {
  amount,
  answered,
  assessed,
  coded,
  dateAgo,
  dated,
  daysAgo,
  diagnosis,
  measuredGestation,
  observed,
  POSITIVE,
  periodDue,
  procedure,
  scanDue,
  urineTest,
} from '../harness/pregnancy.ts';

const located = (chart: FhirResource[]) => assessed(chart).facts.get('pregnancyLocated')?.value;
const heart = (rate: number, effective = daysAgo(2), unit = '/min') =>
  observed('55283-6', amount(rate, unit), effective);
const intrauterine = (onset?: string) => diagnosis('65727000', onset ? { onset } : {});
const at8Weeks = scanDue(56);

test('Never unknown: unlocated unless confirmed', () => {
  expect(located([])).toBe(false);
  expect(located([at8Weeks])).toBe(false);
  expect(assessed([], { unread: ['Observation', 'Condition'] }).facts.get('pregnancyLocated')?.value).toBe(false);
});

test('Condition 65727000', () => {
  expect(located([at8Weeks, intrauterine(daysAgo(3))])).toBe(true);
  expect(located([at8Weeks, diagnosis('77386006', { onset: daysAgo(3) })])).toBe(false);
});

test('coded intrauterine pregnancy', () => {
  expect(located([at8Weeks, observed('65727000', coded('52101004'))])).toBe(true);
  expect(located([at8Weeks, observed('65727000', coded('2667000'))])).toBe(false);
});

test('a newer coded denial takes an older confirmation back', () => {
  const denial = observed('65727000', coded('2667000'), daysAgo(1));
  expect(located([at8Weeks, intrauterine(daysAgo(3)), denial])).toBe(false);
  expect(located([at8Weeks, intrauterine(daysAgo(0)), denial])).toBe(true);
});

test.each([
  [59, false],
  [60, true],
  [220, true],
  [221, false],
])('55283-6 FHR 60-220: %i', (rate, expected) => {
  expect(located([at8Weeks, heart(rate)])).toBe(expected);
});

test('a fetal heart rate without a usable unit shows nothing', () => {
  expect(located([at8Weeks, heart(140, daysAgo(2), 'Hz')])).toBe(false);
});

test.each([
  [41, false],
  [42, true],
])('ultrasound gestation >= 6+0: %i days when it was measured', (days, expected) => {
  expect(located([measuredGestation('11888-5', days + 9, 9)])).toBe(expected);
  expect(located([measuredGestation('11884-4', days + 9, 9)])).toBe(false);
});

describe('gaSure(112..308) with an antenatal record also counts', () => {
  test.each<[string, FhirResource[], boolean]>([
    ['111 days by a due date', [periodDue(111)], false],
    ['112 days by a due date', [periodDue(112)], true],
    ['112 to 140 days', [observed('8665-2', dated(dateAgo(126))), urineTest(POSITIVE, daysAgo(80))], true],
    ['111 to 139 days', [observed('8665-2', dated(dateAgo(125))), urineTest(POSITIVE, daysAgo(80))], false],
    [
      'only as she answered',
      answered({ pregnancyKnown: 'scan', lastPeriodDate: dateAgo(200), lastPeriodCertain: 'yes' }),
      false,
    ],
    ['not pregnant by any record', [observed('8665-2', dated(dateAgo(200)))], false],
  ])('%s', (_name, chart, expected) => {
    expect(located(chart)).toBe(expected);
  });

  test('not for O12: what was seen is told apart', () => {
    expect(assessed([periodDue(200)]).pregnancy).toMatchObject({ located: true, seen: false });
    expect(assessed([periodDue(200), heart(140)]).pregnancy).toMatchObject({ located: true, seen: true });
  });
});

describe('seen in **this** pregnancy', () => {
  test.each<[string, FhirResource[], boolean]>([
    ['before its first day', [at8Weeks, heart(140, daysAgo(57))], false],
    ['on its first day', [at8Weeks, heart(140, daysAgo(56))], true],
    ['before the last pregnancy ended', [procedure('66348005', daysAgo(90)), heart(140, daysAgo(95)), at8Weeks], false],
    ['on the day of the birth', [procedure('66348005', daysAgo(90)), heart(140, daysAgo(90)), at8Weeks], false],
    ['56 days ago and nothing that dates it', [heart(140, daysAgo(56))], true],
    ['57 days ago and nothing that dates it', [heart(140, daysAgo(57))], false],
    ['at no known time', [at8Weeks, intrauterine()], false],
    ['ahead', [at8Weeks, heart(140, daysAgo(-1))], false],
    [
      'that is preliminary',
      [at8Weeks, observed('55283-6', amount(140, '/min'), daysAgo(2), { status: 'preliminary' })],
      false,
    ],
  ])('a sign %s', (_name, chart, expected) => {
    expect(located(chart)).toBe(expected);
  });

  test('her own report of a scan does not set it', () => {
    expect(located([at8Weeks, ...answered({ scanSawBaby: 'yes', scanDate: dateAgo(3) })])).toBe(false);
  });
});

describe('first day of this pregnancy, the earliest possible, as an instant', () => {
  const began = (chart: FhirResource[], zone = 'UTC') => {
    const { beganAt } = assessed(chart, { zone }).pregnancy;
    return beganAt === undefined ? undefined : new Date(beganAt).toISOString();
  };
  test.each<[string, FhirResource[], string | undefined]>([
    ['a due date', [scanDue(56)], '2026-09-30T00:00:00.000Z'],
    ['an uncertain period', [observed('8665-2', dated('2026-09-30'))], '2026-09-16T00:00:00.000Z'],
    ['her guess', answered({ howFarAlong: 'firstThreeMonths' }), '2026-08-20T00:00:00.000Z'],
    ['an end ten days ago', [procedure('386639001', daysAgo(10))], '2026-11-01T00:00:00.000Z'],
    ['nothing', [], undefined],
    ['a date of more than 44 weeks', [scanDue(309)], undefined],
  ])('by %s', (_name, chart, expected) => {
    expect(began(chart)).toBe(expected);
  });

  test('it begins at midnight of the site', () => {
    const due = observed('11778-8', dated('2027-07-07'), '2026-11-01');
    expect(began([due], 'Pacific/Auckland')).toBe('2026-09-29T11:00:00.000Z');
  });
});
