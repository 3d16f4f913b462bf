/** Pregnancy status: one test for each sentence of spec B.2 `pregnancyKnown`, `pregnancyStatus` and 0.5 row PREG. */
import { describe, expect, test } from '@jest/globals';
import {
  amount,
  answered,
  assessed,
  coded,
  dateAgo,
  dated,
  daysAgo,
  diagnosis,
  dueAt,
  encounter,
  episode,
  ICD,
  NEGATIVE,
  notesOf,
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
  });

  test('when it denies the pregnancy after a positive test then the test is taken back', () => {
    const denial = observed('82810-3', coded('60001007'), daysAgo(2));
    expect(statusOf([urineTest(POSITIVE, daysAgo(5)), denial])).toBe('not');
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
