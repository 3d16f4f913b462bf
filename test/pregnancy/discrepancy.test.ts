/** Sources that disagree, and more than 44 weeks: spec B.2 `gestation`. */
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
  dueAt,
  gestationOf,
  measuredGestation,
  notesOf,
  observed,
  ovulationDue,
  POSITIVE,
  periodDue,
  scanDue,
  summary,
  urineTest,
} from '../harness/pregnancy.ts';

/** A last period `days` ago, and whether she is sure of it. */
const period = (days: number, certain: string | null = 'yes') =>
  answered({ lastPeriodDate: dateAgo(days), lastPeriodCertain: certain });

const pregnant = diagnosis('77386006', { onset: daysAgo(30) });

describe('without ultrasound/ART add any credible source that differs by more than ACOG CO 700 limits', () => {
  test.each([
    [62, 5],
    [63, 7],
    [111, 7],
    [112, 10],
    [153, 10],
    [154, 14],
    [195, 14],
    [196, 21],
    [230, 21],
  ])('at %i days the limit is %i days', (days, limit) => {
    const print = (n: number) => `${Math.floor(n / 7)}+${n % 7}`;
    const within = [periodDue(days), measuredGestation('18185-9', days + limit)];
    const beyond = [periodDue(days), measuredGestation('18185-9', days + limit + 1)];
    expect(gestationOf(within)).toBe(print(days));
    expect(assessed(within).pregnancy.datingConflict).toBe(false);
    expect(gestationOf(beyond)).toBe(`${print(days)} to ${print(days + limit + 1)}`);
    expect(assessed(beyond).pregnancy.datingConflict).toBe(true);
  });

  test('an uncertain period is added with its margin', () => {
    expect(gestationOf([periodDue(100), ...period(120, 'no')])).toBe('14+2 to 19+1');
  });

  test('the note says both, and that both count', () => {
    expect(notesOf([periodDue(84), measuredGestation('18185-9', 105)])).toEqual([
      'Dating conflict above the limit of ACOG CO 700: due date from last period says 12+0, recorded gestation says 15+0; both count: 12+0 to 15+0',
    ]);
  });

  test('a record that a newer one of the same kind replaced is noted, not added', () => {
    const older = observed('11779-6', dated(dueAt(160)), daysAgo(40));
    expect(gestationOf([older, periodDue(200)])).toBe('28+4');
    expect(notesOf([older, periodDue(200)])).toEqual([
      'due date from last period says 28+4, an older due date from last period says 22+6; the newer is used',
    ]);
  });
});

describe('with ultrasound/ART drop it and note', () => {
  test('scan says 33+0, last period says 37+3; the scan is used', () => {
    const chart = [scanDue(231), ...period(262)];
    expect(gestationOf(chart)).toBe('33+0');
    expect(notesOf(chart)).toEqual([
      'Dating conflict above the limit of ACOG CO 700: scan says 33+0, last period says 37+3; the scan is used',
    ]);
    expect(assessed(chart).pregnancy.datingConflict).toBe(true);
  });

  test('conflicting EDDs: ovulation or transfer against a scan', () => {
    const chart = [ovulationDue(100), scanDue(120)];
    expect(gestationOf(chart)).toBe('14+2');
    expect(notesOf(chart)).toEqual([
      'Dating conflict above the limit of ACOG CO 700: ovulation or transfer says 14+2, scan says 17+1; the ovulation or transfer is used',
    ]);
  });

  test.each([
    [7, [], false],
    [8, ['scan says 28+4, last period says 29+5; the scan is used'], false],
    [21, ['scan says 28+4, last period says 31+4; the scan is used'], false],
    [
      22,
      ['Dating conflict above the limit of ACOG CO 700: scan says 28+4, last period says 31+5; the scan is used'],
      true,
    ],
  ])('a difference of %i days at 28+4: noted above a week, a warning above the limit', (gap, notes, conflict) => {
    const chart = [scanDue(200), ...period(200 + gap)];
    expect(notesOf(chart)).toEqual(notes);
    expect(assessed(chart).pregnancy.datingConflict).toBe(conflict);
  });
});

describe('> 308 -> pregnancyStatus unknown, not ended', () => {
  const overdue = (days: number): [string, FhirResource[]][] => [
    ['a due date', [scanDue(days)]],
    ['a recorded gestation', [measuredGestation('18185-9', days, 100)]],
    ['a last period', period(days)],
  ];
  test.each(overdue(308))('308 days by %s, with a diagnosis', (_name, chart) => {
    expect(summary([pregnant, ...chart])).toBe('PREG pregnant 44+0');
  });
  test.each(overdue(309))('309 days by %s, with a diagnosis', (_name, chart) => {
    expect(assessed([pregnant, ...chart]).pregnancy.status).toBe('unknown');
    expect(gestationOf([pregnant, ...chart])).toBe('unknown');
    expect(notesOf([pregnant, ...chart])[0]).toContain('more than 44 weeks');
  });

  test('when a pregnancy is denied as well then the denial stands', () => {
    expect(assessed([pregnant, scanDue(309), observed('82810-3', coded('60001007'))]).pregnancy.status).toBe('not');
  });

  test('when the dates are of long ago then they are no news', () => {
    expect(notesOf([scanDue(308 + 365)])).toHaveLength(1);
    expect(notesOf([scanDue(308 + 366)])).toEqual([]);
  });

  test('when another source lies inside a pregnancy then it counts', () => {
    expect(summary([scanDue(330), ...period(60), pregnant])).toBe('PREG pregnant 8+4');
  });

  test('when a test is positive more than 21 days after 44 weeks then it speaks of another pregnancy', () => {
    // 308 days were reached 60 days ago.
    const test = (days: number) => urineTest(POSITIVE, daysAgo(days));
    expect(summary([scanDue(368), test(39)])).toBe('OUT unknown unknown');
    expect(summary([scanDue(368), test(38)])).toBe('PREG pregnant unknown');
  });
});
