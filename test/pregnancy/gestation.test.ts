/** Gestation: spec B.2 `gestation`, due dates and `gestationRecorded`, and the boundary vectors of F.2. */
import { describe, expect, test } from '@jest/globals';
import type { FhirResource } from '../../src/fhir/types.ts';
import {
  amount,
  answered,
  dateAgo,
  dated,
  daysAgo,
  diagnosis,
  dueAt,
  gestationOf,
  measuredGestation,
  observed,
  ovulationDue,
  periodDue,
  scanDue,
  summary,
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
