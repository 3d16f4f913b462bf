/** Diagnoses and episodes of care that say she is pregnant: spec B.2 `pregnancyStatus`, 0.5 row PREG. */
import { describe, expect, test } from '@jest/globals';
import {
  assessed,
  daysAgo,
  diagnosis,
  episode,
  ICD,
  NEGATIVE,
  notesOf,
  secondsAgo,
  statusOf,
  summary,
  urineTest,
} from '../harness/pregnancy.ts';

describe('Conditions', () => {
  test.each(['77386006', '72892002', '47200007', '237238006', '169560008', '65727000'])(
    'when %s is active then she is pregnant',
    (code) => {
      expect(statusOf([diagnosis(code, { onset: daysAgo(30) })])).toBe('pregnant');
    },
  );

  test.each(
    ['O00.1', 'O01.9', 'O02.1', 'O07.4', 'O09.521', 'O099', 'O10.0', 'O26.89', 'O34', 'O48.0', 'O60.02', 'O77.9']
      .concat(['O98.4', 'O99.8', 'O9A.2', 'Z33.1', 'Z33', 'Z34.02', 'Z3A.20', 'Z3A20'])
      .flatMap((code) => [ICD, 'http://hl7.org/fhir/sid/icd-10'].map((system) => [code, system])),
  )('ICD-10 O00-O9A/Z33/Z34/Z3A: %s of %s is a pregnancy', (code, system) => {
    expect(statusOf([diagnosis(code ?? '', { system: system ?? '', onset: daysAgo(30) })])).toBe('pregnant');
  });

  test.each(['O72.1', 'O86.0', 'O90.3', 'O92.7', 'O08.0'])(
    'when %s speaks of the time after the end then a pregnancy is only possible',
    (code) => {
      expect(statusOf([diagnosis(code, { system: ICD, onset: daysAgo(30) })])).toBe('possible');
    },
  );

  test.each(['O', 'N92.5', 'M54.5', 'P00.1', 'Z32.01'])('when %s is recorded then it says nothing', (code) => {
    expect(statusOf([diagnosis(code, { system: ICD, onset: daysAgo(30) })])).toBe('unknown');
  });

  test.each([
    ['began 300 days ago', { onset: daysAgo(300) }, 'pregnant'],
    ['began more than 300 days ago', { onset: secondsAgo(300, 1) }, 'unknown'],
    ['began in 1972 and is still active', { onset: '1972-06-05T22:39:41Z' }, 'unknown'],
    ['began in 2019 and was recorded yesterday', { onset: '2019-01-19', recorded: daysAgo(1) }, 'unknown'],
    ['begins next week', { onset: daysAgo(-7) }, 'unknown'],
    ['is dated 6 minutes ahead', { onset: '{{now+6m}}' }, 'unknown'],
    ['has no date', {}, 'pregnant'],
    ['was over yesterday, though active', { onset: daysAgo(60), abated: daysAgo(1) }, 'unknown'],
    ['will be over', { onset: daysAgo(60), abated: daysAgo(-1) }, 'pregnant'],
    ['is resolved', { clinical: 'resolved', onset: daysAgo(60) }, 'unknown'],
    ['is resolved from tomorrow on', { clinical: 'resolved', onset: daysAgo(60), abated: daysAgo(-1) }, 'pregnant'],
    ['is inactive', { clinical: 'inactive', onset: daysAgo(60) }, 'unknown'],
    ['is provisional', { verification: 'provisional', onset: daysAgo(60) }, 'pregnant'],
    ['is refuted', { verification: 'refuted', onset: daysAgo(60) }, 'unknown'],
    ['was entered in error', { verification: 'entered-in-error', onset: daysAgo(60) }, 'unknown'],
  ])('bounded by their window: when a pregnancy %s', (_name, times, status) => {
    expect(statusOf([diagnosis('77386006', times)])).toBe(status);
  });

  test.each(['34801009', '79586000', '237254009', '198620003', '16607004'])(
    'a diagnosed but unresolved ectopic or miscarriage is still PREG: %s',
    (code) => {
      expect(summary([diagnosis(code, { onset: daysAgo(5) })])).toBe('PREG pregnant unknown');
    },
  );

  test('when a tubal pregnancy of 1972 is still active then nobody is pregnant', () => {
    expect(summary([diagnosis('79586000', { onset: '1972-06-05T22:39:41Z' })])).toBe('OUT unknown unknown');
  });

  test('Negative test with an active pregnancy Condition -> pregnant + note', () => {
    const chart = [diagnosis('77386006', { onset: daysAgo(50) }), urineTest(NEGATIVE, daysAgo(1))];
    expect(statusOf(chart)).toBe('pregnant');
    expect(notesOf(chart)).toEqual(['a negative statement stands against the recorded pregnancy']);
  });
});

describe('EpisodeOfCare maternity', () => {
  test.each([
    ['is active', episode(daysAgo(90)), 'pregnant'],
    ['is planned and has begun', episode(daysAgo(1), 'planned'), 'pregnant'],
    ['is on hold', episode(daysAgo(90), 'onhold'), 'pregnant'],
    ['is finished', episode(daysAgo(90), 'finished'), 'unknown'],
    ['is cancelled', episode(daysAgo(90), 'cancelled'), 'unknown'],
    ['was entered in error', episode(daysAgo(90), 'entered-in-error'), 'unknown'],
    ['began 300 days ago', episode(daysAgo(300)), 'pregnant'],
    ['began more than 300 days ago', episode(secondsAgo(300, 1)), 'unknown'],
    ['begins tomorrow', episode(daysAgo(-1)), 'unknown'],
    [
      'has an end that is past',
      episode(daysAgo(90), 'active', { period: { start: daysAgo(90), end: daysAgo(2) } }),
      'unknown',
    ],
    ['is of another kind', episode(daysAgo(90), 'active', { type: [{ coding: [{ code: 'diab' }] }] }), 'unknown'],
    ['is of another patient', episode(daysAgo(90), 'active', { patient: { reference: 'Patient/other' } }), 'unknown'],
  ])('when it %s', (_name, resource, status) => {
    expect(statusOf([resource])).toBe(status);
  });

  test('when episodes could not be read then a status that is OUT for want of them is said', () => {
    expect(assessed([], { unread: ['EpisodeOfCare'] }).unreadStatus).toEqual(['EpisodeOfCare']);
    expect(assessed([]).unreadStatus).toEqual([]);
  });
});
