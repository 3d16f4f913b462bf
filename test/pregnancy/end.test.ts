/** The end of a pregnancy: one test for each sentence of spec B.2 `pregnancyEnd`. */
import { describe, expect, test } from '@jest/globals';
import type { FhirResource } from '../../src/fhir/types.ts';
import {
  answered,
  assessed,
  coded,
  dateAgo,
  dated,
  daysAgo,
  diagnosis,
  ICD,
  observed,
  POSITIVE,
  procedure,
  summary,
  urineTest,
} from '../harness/pregnancy.ts';

const birth = (days: number) => observed('93857-1', dated(daysAgo(days)), daysAgo(days));

const miscarriage = (days: number) => diagnosis('17369002', { onset: daysAgo(days) });

const endOf = (chart: FhirResource[]) => assessed(chart).pregnancy.end?.daysAgo;

describe('where an end stands', () => {
  test.each<[string, FhirResource[]]>([
    ['Obs 93857-1', [birth(10)]],
    ['Obs 64710-7', [observed('64710-7', coded('17369002'), daysAgo(10))]],
    ...['17369002', '19169002', '417044008', '276507005', '289256000'].map((code): [string, FhirResource[]] => [
      `Condition ${code}`,
      [diagnosis(code, { onset: daysAgo(10) })],
    ]),
    ...['O80', 'O81.0', 'O82', 'O83', 'O84.9', 'Z37.0', 'Z37.1', 'Z37.9', 'O03.9', 'O04.5'].map(
      (code): [string, FhirResource[]] => [
        `ICD-10 ${code}`,
        [diagnosis(code, { system: ICD, clinical: 'resolved', onset: daysAgo(10) })],
      ],
    ),
    ...['66348005', '177184002', '11466000', '714812005', '386639001', '445912000', '236931002'].map(
      (code): [string, FhirResource[]] => [`Procedure ${code}`, [procedure(code, daysAgo(10))]],
    ),
    ...['birth', 'stillbirth', 'miscarriage', 'ectopic', 'termination'].map((kind): [string, FhirResource[]] => [
      `answered ${kind}`,
      answered({ pregnancyEnded: kind, pregnancyEndDate: dateAgo(10) }),
    ]),
  ])('%s', (_name, chart) => {
    expect(endOf(chart)).toBe(10);
    expect(summary(chart)).toBe('ENDED ended 0+0 to 3+3');
  });

  test.each<[string, FhirResource[]]>([
    ['lies ahead', [birth(-3)]],
    ['is a diagnosis without a date', [diagnosis('17369002')]],
    ['is none', answered({ pregnancyEnded: 'none' })],
    [
      'was answered and later taken back',
      [
        ...answered({ pregnancyEnded: 'birth', pregnancyEndDate: dateAgo(10) }, daysAgo(5)),
        ...answered({ pregnancyEnded: 'none' }),
      ],
    ],
  ])('when it %s then nothing ended', (_name, chart) => {
    expect(endOf(chart)).toBeUndefined();
  });

  test('when a miscarriage of 2000 is recorded today then its onset counts, not its recording', () => {
    expect(summary([diagnosis('17369002', { onset: '2000-09-29', recorded: daysAgo(0) })])).toBe('OUT unknown unknown');
  });
});

describe('34801009 ectopic (only with procedure/resolution)', () => {
  test.each<[string, FhirResource[], string]>([
    ['active', [diagnosis('34801009', { onset: daysAgo(12) })], 'PREG pregnant unknown'],
    [
      'resolved: over when it abated',
      [diagnosis('34801009', { onset: daysAgo(30), clinical: 'resolved', abated: daysAgo(12) })],
      'ENDED ended 0+0 to 3+5',
    ],
    [
      'active, then a procedure',
      [diagnosis('34801009', { onset: daysAgo(12) }), procedure('445912000', daysAgo(10))],
      'ENDED ended 0+0 to 3+3',
    ],
    [
      'resolved in 1972',
      [diagnosis('79586000', { onset: '1972-06-05', clinical: 'resolved', abated: '1972-06-20' })],
      'OUT unknown unknown',
    ],
  ])('%s', (_name, chart, expected) => {
    expect(summary(chart)).toBe(expected);
  });
});

describe('Latest date wins', () => {
  test('when several ends are recorded then the latest is the end', () => {
    expect(endOf([birth(400), miscarriage(90), procedure('386639001', daysAgo(20))])).toBe(20);
  });

  test('when an end is known by month only then its last day counts, and never a day ahead', () => {
    expect(endOf(answered({ pregnancyEnded: 'birth', pregnancyEndDate: '2026-10' }))).toBe(25);
    expect(endOf(answered({ pregnancyEnded: 'birth', pregnancyEndDate: '2026-11' }))).toBe(0);
  });

  test('when an end is known by year only and a test is positive then both are possible', () => {
    const chart = [...answered({ pregnancyEnded: 'birth', pregnancyEndDate: '2026' }), urineTest(POSITIVE, daysAgo(2))];
    expect(summary(chart)).toBe('ENDED+POSS ended unknown');
  });
});

describe('an end without a date', () => {
  const undated = { pregnancyEnded: 'miscarriage' };
  test.each<[string, FhirResource[], string]>([
    ['is recent when nothing says otherwise', answered(undated), 'ENDED ended unknown'],
    ['is recent when she is not pregnant', answered({ ...undated, pregnancyKnown: 'no' }), 'ENDED ended unknown'],
    [
      'is not recent when it was answered more than a year ago',
      answered(undated, daysAgo(366)),
      'POSS unknown unknown',
    ],
    ['ends no pregnancy that is known', answered({ ...undated, pregnancyKnown: 'scan' }), 'PREG pregnant unknown'],
  ])('%s', (_name, chart, expected) => {
    expect(summary(chart)).toBe(expected);
  });
});

describe('gates by days since the end: 42|43 and 365|366', () => {
  test.each([
    [0, 'ENDED ended 0+0 to 2+0'],
    [42, 'ENDED ended 0+0 to 8+0'],
    [43, 'LATEPOST ended unknown'],
    [365, 'LATEPOST ended unknown'],
    [366, 'OUT unknown unknown'],
  ])('%i days', (days, expected) => {
    expect(summary([birth(days)])).toBe(expected);
  });
});

describe('Positive evidence later than the end by > 21 d with EDD or new LMP -> new pregnancy', () => {
  // The end 100 days ago; a pregnancy that began 60 days ago.
  const end = miscarriage(100);
  const due = (effective: number) => observed('11778-8', dated(dateAgo(60 - 280)), daysAgo(effective));
  const period = observed('8665-2', dated(dateAgo(60)), daysAgo(30));
  test.each<[string, FhirResource[], string]>([
    ['a due date recorded 21 days after the end', [end, due(79)], 'LATEPOST ended unknown'],
    ['a due date recorded 22 days after the end', [end, due(78)], 'PREG pregnant 8+4'],
    [
      'a test 21 days after it, and a period',
      [end, period, urineTest(POSITIVE, daysAgo(79))],
      'LATEPOST ended unknown',
    ],
    [
      'a test 22 days after it, and a period',
      [end, period, urineTest(POSITIVE, daysAgo(78))],
      'PREG pregnant 6+4 to 10+4',
    ],
    ['a period alone', [end, period], 'LATEPOST ended unknown'],
    [
      'a diagnosis 22 days after it, and a period',
      [end, period, diagnosis('77386006', { onset: daysAgo(78) })],
      'PREG pregnant 6+4 to 10+4',
    ],
  ])('%s', (_name, chart, expected) => {
    expect(summary(chart)).toBe(expected);
  });

  test('a new conception after an end: a due date that began before the end dates no pregnancy of now', () => {
    // Born 60 days ago, three weeks before the due date, which is still credible by itself.
    const old = observed('11778-8', dated(dateAgo(20)), daysAgo(200));
    expect(summary([birth(60), old])).toBe('LATEPOST ended unknown');
    expect(summary([birth(60), old, urineTest(POSITIVE, daysAgo(2))])).toBe('POSS ended 0+0 to 10+4');
  });

  test.each([
    [114, 'PREG pregnant 16+2'],
    [115, 'LATEPOST ended unknown'],
  ])('when a due date makes her first day %i days ago, two weeks before the end or more', (began, expected) => {
    expect(summary([end, observed('11778-8', dated(dateAgo(began - 280)), daysAgo(10))])).toBe(expected);
  });

  test('when a pregnancy ended more than a year ago then what is said after it counts as it is', () => {
    expect(summary([birth(370), urineTest(POSITIVE, daysAgo(100))])).toBe('PREG pregnant unknown');
  });
});
