/** Gestation: one test for each sentence of spec B.2 `gestation` and its sources, and the boundary vectors of F.2. */
import { describe, expect, test } from '@jest/globals';
import type { FhirResource } from '../../src/fhir/types.ts';
import {
  amount,
  answered,
  assessed,
  dateAgo,
  dated,
  daysAgo,
  diagnosis,
  dueAt,
  gestationOf,
  ICD,
  measuredGestation,
  notesOf,
  observed,
  ovulationDue,
  POSITIVE,
  periodDue,
  scanDue,
  secondsAgo,
  summary,
  urineTest,
} from '../harness/pregnancy.ts';

/** A last period `days` ago, and whether she is sure of it. */
const period = (days: number, certain: string | null = 'yes') =>
  answered({ lastPeriodDate: dateAgo(days), lastPeriodCertain: certain });
const pregnant = diagnosis('77386006', { onset: daysAgo(30) });

describe('day 0 = LMP = EDD - 280 days', () => {
  test.each([
    [0, '0+0'],
    [41, '5+6'],
    [42, '6+0'],
    [97, '13+6'],
    [98, '14+0'],
    [111, '15+6'],
    [112, '16+0'],
    [139, '19+6'],
    [140, '20+0'],
    [167, '23+6'],
    [168, '24+0'],
    [195, '27+6'],
    [196, '28+0'],
    [251, '35+6'],
    [252, '36+0'],
    [258, '36+6'],
    [259, '37+0'],
    [308, '44+0'],
  ])('%i days are %s, by due date, period and recorded gestation', (days, weeks) => {
    expect(gestationOf([scanDue(days)])).toBe(weeks);
    expect(gestationOf(period(days))).toBe(weeks);
    expect(gestationOf([measuredGestation('18185-9', days)])).toBe(weeks);
  });
});

describe('best-priority source: ART, ultrasound, scan gestation, due date by period, recorded gestation, last period', () => {
  // Each two days apart: below every limit, so that only the best counts.
  const sources: [string, FhirResource[]][] = [
    ['11780-4 from ovulation or transfer outranks ultrasound', [ovulationDue(200)]],
    ['11778-8 ultrasound or the final choice', [scanDue(202)]],
    ['11888-5 ultrasound-derived gestation', [measuredGestation('11888-5', 204)]],
    ['11779-6 due date by period', [periodDue(206)]],
    ['11884-4 recorded gestation', [measuredGestation('11884-4', 208)]],
    ['8665-2 last period', period(210)],
  ];
  test.each(sources.map(([name], at) => [name, at] as const))('%s counts when nothing better exists', (_name, at) => {
    const days = 200 + at * 2;
    const rest = sources.slice(at).flatMap(([, chart]) => chart);
    expect(gestationOf(rest)).toBe(`${Math.floor(days / 7)}+${days % 7}`);
    expect(gestationOf([...rest].reverse())).toBe(`${Math.floor(days / 7)}+${days % 7}`);
  });

  test.each(['18185-9', '11884-4', '11885-1', '11887-7'])('%s is of priority 4: a due date by period wins', (code) => {
    expect(gestationOf([measuredGestation(code, 204), periodDue(200)])).toBe('28+4');
  });

  test.each(['11888-5', '11909-9'])(
    'ultrasound-derived %s is of priority 2: it wins over a due date by period',
    (code) => {
      expect(gestationOf([measuredGestation(code, 204), periodDue(200)])).toBe('29+1');
    },
  );

  test('11781-2 is not read: its meaning is not verified', () => {
    expect(gestationOf([observed('11781-2', dated(dueAt(200)))])).toBe('unknown');
  });

  test("the clinician's final choice: of two due dates of one kind the newer counts", () => {
    const earlier = observed('11778-8', dated(dueAt(200)), daysAgo(100));
    expect(gestationOf([earlier, scanDue(203)])).toBe('29+0');
  });

  test('when two due dates have the same time then nothing says which is right: both count', () => {
    expect(gestationOf([scanDue(200), scanDue(203)])).toBe('28+4 to 29+0');
  });
});

describe('gestationRecorded: aged to now', () => {
  test('a gestation of 20+0 nine days ago is 21+2', () => {
    expect(gestationOf([observed('18185-9', amount(20, 'wk'), daysAgo(9))])).toBe('21+2');
  });

  test.each([
    [amount(20, 'wk'), '20+3'],
    [amount(140, 'd'), '20+3'],
    [amount(3360, 'h'), '20+3'],
    [amount(20.5, 'wk'), '20+6 to 21+0'],
    [amount(4.6, 'mo'), 'unknown'],
    [{ valueQuantity: { value: 20, unit: 'weeks' } }, 'unknown'],
    [{ valueQuantity: { value: 20, comparator: '>', system: 'http://unitsofmeasure.org', code: 'wk' } }, 'unknown'],
    [amount(44.1, 'wk'), 'unknown'],
  ])('wk, d, h; months, no unit and comparators are rejected: %j', (value, expected) => {
    expect(gestationOf([observed('18185-9', value, daysAgo(3))])).toBe(expected);
  });

  test.each([
    ['of the same time', '{{now-3d}}', '20+5 to 20+5'],
    ['of another time', '{{now-4d}}', '20+3 to 21+2'],
  ])('49051-6 + 49052-4 (same effective: add): %s', (_name, effective, expected) => {
    const chart = [observed('49051-6', amount(20, 'wk'), '{{now-3d}}'), observed('49052-4', amount(2, 'd'), effective)];
    expect(gestationOf(chart).replace('20+5', '20+5 to 20+5')).toBe(expected);
  });

  test('49051-6 and 49052-4 as components of one Observation', () => {
    const part = (code: string, value: Record<string, unknown>) => ({
      code: { coding: [{ system: 'http://loinc.org', code }] },
      ...value,
    });
    const component = [part('49051-6', amount(20, 'wk')), part('49052-4', amount(2, 'd'))];
    expect(gestationOf([observed('57714-8', { component }, daysAgo(3))])).toBe('20+5');
  });

  test('49052-4 alone says nothing', () => {
    expect(gestationOf([observed('49052-4', amount(2, 'd'), daysAgo(3))])).toBe('unknown');
  });

  test('no date -> unknown', () => {
    expect(gestationOf([observed('18185-9', amount(20, 'wk'), '')])).toBe('unknown');
  });

  test.each([
    [300, '42+6'],
    [301, 'unknown'],
  ])('effective <= 300 d: 0+0 recorded %i days ago', (days, expected) => {
    expect(gestationOf([observed('18185-9', amount(0, 'd'), daysAgo(days)), pregnant])).toBe(expected);
  });

  test('when only the month of the record is known then every day of it is possible', () => {
    expect(gestationOf([observed('18185-9', amount(70, 'd'), '2026-10')])).toBe('13+4 to 17+6');
  });
});

describe('due dates: now - 28 d ... + 300 d', () => {
  test.each([
    [-28, 'PREG pregnant 44+0'],
    [-29, 'OUT unknown unknown'],
    [280, 'PREG pregnant 0+0'],
    [300, 'PREG pregnant 0+0'],
    [301, 'OUT unknown unknown'],
  ])('a due date in %i days', (days, expected) => {
    expect(summary([observed('11778-8', dated(dateAgo(-days)))])).toBe(expected);
  });

  test('when a due date is known by month only then every day of it is possible', () => {
    // 1 to 31 January 2027 are 37 to 67 days ahead.
    expect(gestationOf([observed('11778-8', dated('2027-01'))])).toBe('30+3 to 34+5');
  });
});

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

describe('patient-local date by SITE_TIME_ZONE', () => {
  test.each([
    ['2026-11-25T10:59:59Z', '28+3'],
    ['2026-11-25T11:00:00Z', '28+4'],
  ])('gestation changes at local midnight of the site: %s in Auckland', (now, expected) => {
    const due = observed('11778-8', dated('2027-02-14'), '2026-11-01');
    expect(gestationOf([due], { now, zone: 'Pacific/Auckland' })).toBe(expected);
  });

  test.each(['UTC', 'Pacific/Auckland', 'Pacific/Honolulu'])(
    'a date that a system filled up with midnight is that date: %s',
    (zone) => {
      const now = '2026-11-25T12:00:00Z';
      const [date, filled] = ['2026-09-01', '2026-09-01T00:00:00Z'].map((when) =>
        gestationOf([observed('8665-2', dated(when))], { now, zone }),
      );
      expect(filled).toBe(date);
    },
  );
});

test('the interval is clamped to 0..308', () => {
  expect(gestationOf(period(305, 'no'))).toBe('41+4 to 44+0');
});
