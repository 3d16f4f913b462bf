/** What follows an end: a positive test that persists, gates ENDED, POSS and DISCORD (spec B.2, 0.5). */
import { describe, expect, test } from '@jest/globals';
import type { FhirResource } from '../../src/fhir/types.ts';
import {
  answered,
  assessed,
  dateAgo,
  dated,
  daysAgo,
  diagnosis,
  NEGATIVE,
  observed,
  POSITIVE,
  summary,
  urineTest,
} from '../harness/pregnancy.ts';

const birth = (days: number) => observed('93857-1', dated(daysAgo(days)), daysAgo(days));

const miscarriage = (days: number) => diagnosis('17369002', { onset: daysAgo(days) });

describe('persistingPositiveTest', () => {
  const persisting = (chart: FhirResource[]) => assessed(chart).facts.get('persistingPositiveTest')?.value;
  const tested = (end: number, ago: number, value = POSITIVE) => [miscarriage(end), urineTest(value, daysAgo(ago))];

  test.each([
    ['21 days after the end: expected', tested(31, 10), false],
    ['22 days after the end', tested(32, 10), true],
    ['negative', tested(32, 10, NEGATIVE), false],
    ['14 days old', tested(40, 14), true],
    ['15 days old', tested(40, 15), undefined],
    ['not done', [miscarriage(40)], undefined],
    ['done, and no pregnancy ended', [urineTest(POSITIVE, daysAgo(3))], undefined],
    ['with a new period', [...tested(40, 3), observed('8665-2', dated(dateAgo(30)), daysAgo(3))], undefined],
  ])('a test that is %s', (_name, chart, value) => {
    expect(persisting(chart)).toBe(value);
  });

  test('when it persists then the test is what the fact rests on', () => {
    const fact = assessed(tested(32, 10)).facts.get('persistingPositiveTest');
    expect(fact?.used.map(({ recorded }) => recorded)).toEqual(['Positive']);
  });

  test.each([
    [38, 'ENDED ended 0+0 to 7+3'],
    [39, 'ENDED+POSS ended 0+0 to 7+4'],
  ])('> 28 d also opens gate POSS: an end %i days ago, a test ten days ago', (end, expected) => {
    expect(summary(tested(end, 10))).toBe(expected);
  });

  test('when it is positive more than 28 days after an end of more than 42 days ago then a pregnancy is possible', () => {
    expect(summary(tested(60, 31))).toBe('POSS ended 0+0 to 10+4');
    expect(summary(tested(60, 32))).toBe('LATEPOST ended unknown');
  });
});

describe('After miscarriage or termination with the latest test positive and bleeding, fever or severity >= 7: also POSS', () => {
  const asked = (kind: string, answers = {}) => [
    ...answered({ pregnancyEnded: kind, pregnancyEndDate: dateAgo(20), ...answers }),
    urineTest(POSITIVE, daysAgo(1)),
  ];
  test.each<[string, FhirResource[], string]>([
    ['a miscarriage and bleeding', asked('miscarriage', { bleeding: 'light' }), 'ENDED+POSS ended 0+0 to 4+6'],
    ['a termination and fever', asked('termination', { fever: 'yes' }), 'ENDED+POSS ended 0+0 to 4+6'],
    ['a miscarriage and severity 7', asked('miscarriage', { severity: 7 }), 'ENDED+POSS ended 0+0 to 4+6'],
    ['a miscarriage and severity 6', asked('miscarriage', { severity: 6 }), 'ENDED ended 0+0 to 4+6'],
    ['a birth and bleeding', asked('birth', { bleeding: 'light' }), 'ENDED ended 0+0 to 4+6'],
    ['an ectopic and bleeding', asked('ectopic', { bleeding: 'light' }), 'ENDED ended 0+0 to 4+6'],
    [
      'a later negative test',
      [...asked('miscarriage', { bleeding: 'light' }), urineTest(NEGATIVE, daysAgo(0))],
      'ENDED ended 0+0 to 4+6',
    ],
  ])('%s', (_name, chart, expected) => {
    expect(summary(chart)).toBe(expected);
  });
});

describe('DISCORD: status or test says not pregnant, also when a pregnancy ended > 42 d ago, and one of four', () => {
  const limbs = {
    1: { character: ['rhythmic'], severity: 7 },
    2: { uterusPalpable: 'yes' },
    3: { missedPeriod: 'yes', shoulderTip: 'yes' },
    4: { missedPeriod: 'yes', cramps: 'yes' },
  };
  const negative = urineTest(NEGATIVE, daysAgo(1));
  test.each([
    [1, 'DISCORD POSS not unknown'],
    [2, 'DISCORD POSS not unknown'],
    [3, 'DISCORD POSS not unknown'],
    [4, 'DISCORD POSS not 0+0 to 13+6'],
  ] as const)('limb %i with a negative test', (limb, expected) => {
    expect(summary([...answered(limbs[limb]), negative])).toBe(expected);
  });

  test.each([1, 2, 3, 4] as const)('limb %i after an end 42, 43 and 366 days ago', (limb) => {
    const gate = (days: number) =>
      summary([...answered(limbs[limb]), birth(days)])
        .split(' ')
        .slice(0, 2)
        .join(' ');
    expect(gate(42)).toBe('ENDED ended');
    expect(gate(43)).toBe('DISCORD POSS');
    expect(gate(366)).toBe('DISCORD POSS');
  });

  test('the record is not used for its gestation: an old last period does not date it', () => {
    const period = observed('8665-2', dated(dateAgo(200)));
    expect(summary([...answered(limbs[1]), negative, period])).toBe('DISCORD POSS not unknown');
  });

  test('when a pregnancy is not possible then it is OUT', () => {
    expect(summary([...answered(limbs[1]), negative], { patient: { gender: 'male' } })).toMatch(/^OUT/);
  });
});
