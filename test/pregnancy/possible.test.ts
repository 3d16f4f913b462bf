/** Whether a pregnancy is possible, and gate POSS: spec 0.5. */
import { describe, expect, test } from '@jest/globals';
import {
  answered,
  coded,
  daysAgo,
  diagnosis,
  encounter,
  episode,
  ICD,
  observed,
  POSITIVE,
  scanDue,
  secondsAgo,
  statusOf,
  summary,
  urineTest,
} from '../harness/pregnancy.ts';

describe('pregnancy possible: age 10-57 (or unknown) and not recorded as male; a recorded pregnancy always wins', () => {
  const male = { patient: { gender: 'male' as const } };
  const born = (birthDate: string) => ({ patient: { birthDate } });
  test.each([
    ['9 years', born('2016-11-26'), 'OUT unknown unknown'],
    ['10 years', born('2016-11-25'), 'PREG pregnant unknown'],
    ['57 years', born('1968-11-26'), 'PREG pregnant unknown'],
    ['58 years', born('1968-11-25'), 'OUT unknown unknown'],
    ['recorded as male', male, 'OUT unknown unknown'],
  ])('when a test alone is positive at %s', (_name, situation, expected) => {
    expect(summary([urineTest(POSITIVE, daysAgo(1))], situation)).toBe(expected);
  });

  test.each([
    ['a diagnosis', diagnosis('77386006', { onset: daysAgo(9) })],
    ['a due date', scanDue(63)],
    ['an episode of care', episode(daysAgo(9))],
  ])('when %s is recorded then sex and age do not matter', (_name, resource) => {
    expect(statusOf([resource], male)).toBe('pregnant');
    expect(statusOf([resource], born('1950-01-01'))).toBe('pregnant');
  });

  test.each([
    [9, 'OUT unknown unknown'],
    [10, 'POSS unknown unknown'],
    [57, 'POSS unknown unknown'],
    [58, 'OUT unknown unknown'],
  ])('from Patient.birthDate (else 30525-0): an observed age of %s', (years, expected) => {
    const chart = [observed('30525-0', { valueInteger: years }), ...answered({ backPain: 'yes' })];
    expect(summary(chart, { patient: { birthDate: '' } })).toBe(expected);
    expect(summary(chart)).toBe('POSS unknown unknown');
  });
});

describe('POSS: status unknown and evidence of a pregnancy', () => {
  const reason = (code: string, system?: string) => ({ reasonCode: [{ coding: [{ system: system ?? '', code }] }] });
  const type = (code: string) => ({ type: [{ coding: [{ system: 'http://snomed.info/sct', code }] }] });
  test.each([
    ['a response', answered({ backPain: 'yes' }), 'POSS unknown unknown'],
    ['an antenatal visit', [encounter(daysAgo(20), type('424619006'))], 'POSS unknown unknown'],
    ['an antenatal visit 300 days ago', [encounter(daysAgo(300), type('424619006'))], 'POSS unknown unknown'],
    ['an older antenatal visit', [encounter(secondsAgo(300, 1), type('424619006'))], 'OUT unknown unknown'],
    ['an antenatal visit next week', [encounter(daysAgo(-7), type('424619006'), 'planned')], 'OUT unknown unknown'],
    ['a cancelled antenatal visit', [encounter(daysAgo(2), type('424619006'), 'cancelled')], 'OUT unknown unknown'],
    ['a pregnancy-coded reason', [encounter(daysAgo(2), reason('O26.89', ICD))], 'POSS unknown unknown'],
    ['another reason', [encounter(daysAgo(2), reason('I10', ICD))], 'OUT unknown unknown'],
    ['nothing', [], 'OUT unknown unknown'],
  ])('%s', (_name, chart, expected) => {
    expect(summary(chart)).toBe(expected);
  });

  test('when a status is denied then a maternity contact does not make it possible', () => {
    const chart = [encounter(daysAgo(20), type('424619006')), observed('82810-3', coded('60001007'), daysAgo(1))];
    expect(summary(chart)).toBe('OUT not unknown');
  });
});
