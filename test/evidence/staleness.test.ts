/** Spec B.1 "Staleness is asymmetric", "Future-dated data", no date, partial dates and time zones. */
import { describe, expect, test } from '@jest/globals';
import {
  concept,
  condition,
  factOf,
  finding,
  form,
  observation,
  quantity,
  reasonsOf,
  valueIn,
} from '../harness/chart.ts';

const pulse = (value: number, at: string | undefined) =>
  observation('8867-4', { effectiveDateTime: at, valueQuantity: quantity(value, '/min') });
const ward = { resourceType: 'Encounter', id: 'ward', status: 'in-progress', class: { code: 'IMP' } };
const inWard = { encounterId: 'ward' };
const said = (answers: Record<string, string | number>, authored: string) => form(answers, { authored });

describe('a symptom "no" is fresh while its age ≤ 24 h 5 min, then unknown', () => {
  test('at 24 h 5 min it is no', () => {
    expect(valueIn('syncope', [said({ syncope: 'no' }, '{{now-1445m}}')])).toBe(false);
  });
  test('one second later it is unknown', () => {
    expect(valueIn('syncope', [said({ syncope: 'no' }, '{{now-86701s}}')])).toBeUndefined();
    expect(reasonsOf('syncope', [said({ syncope: 'no' }, '{{now-86701s}}')])).toEqual(['stale']);
  });
});

describe('a symptom "yes" stays yes for 7 d', () => {
  test('at 7 d it is yes', () => {
    expect(valueIn('syncope', [said({ syncope: 'yes' }, '{{now-7d}}')])).toBe(true);
  });
  test('one second later it is unknown', () => {
    expect(valueIn('syncope', [said({ syncope: 'yes' }, '{{now-604801s}}')])).toBeUndefined();
  });
});

describe('vital signs: a normal value is valid 12 h in a clinic', () => {
  test.each([
    ['{{now-12h}}', 84],
    ['{{now-43201s}}', undefined],
  ])('%s', (at, expected) => expect(valueIn('heartRate', [pulse(84, at)])).toBe(expected));
});

describe('vital signs: a normal value is valid 4 h in hospital', () => {
  test.each([
    ['{{now-4h}}', 84],
    ['{{now-14401s}}', undefined],
  ])('%s', (at, expected) => expect(valueIn('heartRate', [ward, pulse(84, at)], inWard)).toBe(expected));
});

describe('an abnormal value stays in force 24 h, in hospital too', () => {
  test.each([
    ['{{now-24h}}', 131],
    ['{{now-86401s}}', undefined],
  ])('%s', (at, expected) => {
    expect(valueIn('heartRate', [pulse(131, at)])).toBe(expected);
    expect(valueIn('heartRate', [ward, pulse(131, at)], inWard)).toBe(expected);
  });
});

test('… or until replaced by a newer value of the same type', () => {
  expect(valueIn('heartRate', [pulse(131, '{{now-6h}}'), pulse(84, '{{now-1h}}')])).toBe(84);
});

test('a normal value that is too old itself no longer replaces: stale is discarded first', () => {
  expect(valueIn('heartRate', [pulse(131, '{{now-20h}}'), pulse(84, '{{now-13h}}')])).toBe(131);
});

test('two answers of one form may differ in state', () => {
  const old = said({ syncope: 'yes', dizzy: 'no' }, '{{now-2d}}');
  expect([valueIn('syncope', [old]), valueIn('dizzy', [old])]).toEqual([true, undefined]);
});

test('an older response is read behind a newer one that does not repeat the question', () => {
  const newer = form({ dizzy: 'no' }, { id: 'newer' });
  const older = form({ syncope: 'yes', dizzy: 'yes' }, { id: 'older', authored: '{{now-1d}}' });
  expect([valueIn('syncope', [newer, older]), valueIn('dizzy', [newer, older])]).toEqual([true, false]);
});

describe('future-dated data (> 5 min after now) are ignored with a note', () => {
  test.each([
    ['{{now+5m}}', 131, []],
    ['{{now+301s}}', undefined, ['future']],
  ])('%s', (at, expected, reasons) => {
    expect(valueIn('heartRate', [pulse(131, at)])).toBe(expected);
    expect(reasonsOf('heartRate', [pulse(131, at)])).toEqual(reasons);
  });
});

describe('no date: "now" if positive or abnormal, unknown if negative or normal', () => {
  test.each([
    [131, 131, []],
    [84, undefined, ['no-date']],
  ])('a pulse of %d', (value, expected, reasons) => {
    expect(valueIn('heartRate', [pulse(value, undefined)])).toBe(expected);
    expect(reasonsOf('heartRate', [pulse(value, undefined)])).toEqual(reasons);
  });
  test('a Condition without any date', () => {
    expect(valueIn('syncope', [condition('271594007', { recordedDate: undefined })])).toBe(true);
  });
  test('an undated abnormal value is now: the worse one within 60 minutes counts', () => {
    expect(valueIn('heartRate', [pulse(121, undefined), pulse(135, '{{now-60m}}')])).toBe(135);
    expect(valueIn('heartRate', [pulse(121, undefined), pulse(135, '{{now-61m}}')])).toBe(121);
  });
});

describe('a partial date is an interval: a positive is as young, a negative as old as it can be', () => {
  test('a day', () => {
    expect(valueIn('syncope', [condition('271594007', { recordedDate: '{{today-7d}}' })])).toBe(true);
    expect(valueIn('syncope', [condition('271594007', { recordedDate: '{{today-8d}}' })])).toBeUndefined();
    const denied = (day: string) =>
      finding('271594007', false, {
        effectiveDateTime: day,
        code: concept('45712-7', 'http://loinc.org'),
        valueCodeableConcept: concept('LA32-8', 'http://loinc.org'),
      });
    expect(valueIn('backPain', [denied('{{today+0d}}')])).toBe(false);
    expect(valueIn('backPain', [denied('{{today-1d}}')])).toBeUndefined();
  });
  test('a month, a year', () => {
    expect(valueIn('syncope', [condition('271594007', { recordedDate: '2026-11' })])).toBe(true);
    expect(valueIn('syncope', [condition('271594007', { recordedDate: '2026-10' })])).toBeUndefined();
    expect(valueIn('syncope', [condition('271594007', { recordedDate: '2026' })])).toBe(true);
  });
  test('a denial of some time today does not take back what was said at nine', () => {
    const yes = form({ backPain: 'yes' });
    const no = observation('45712-7', {
      effectiveDateTime: '{{today+0d}}',
      valueCodeableConcept: concept('LA32-8', 'http://loinc.org'),
    });
    expect(valueIn('backPain', [yes, no])).toBe(true);
    expect(valueIn('backPain', [yes, { ...no, effectiveDateTime: '{{now-30m}}' }])).toBe(false);
  });
});

describe('instants are instants: an offset changes nothing; a day is a day of the site', () => {
  test.each(['2026-11-25T09:00:00Z', '2026-11-25T22:00:00+13:00', '2026-11-24T23:00:00-10:00'])('%s', (at) => {
    expect(factOf('heartRate', [pulse(84, at)]).used[0]?.at?.to).toBe(Date.parse('2026-11-25T09:00:00Z'));
  });
  test.each([
    ['Pacific/Auckland', '2026-11-24T10:59:59.999Z'],
    ['America/Los_Angeles', '2026-11-25T07:59:59.999Z'],
  ])('24 November in %s', (zone, end) => {
    const { used } = factOf('syncope', [condition('271594007', { recordedDate: '2026-11-24' })], { zone });
    expect(used[0]?.at?.to).toBe(Date.parse(end));
  });
});

test('a period counts at its end, one that goes on counts now', () => {
  const lasting = (start: string, end?: string) =>
    observation('8867-4', {
      effectiveDateTime: undefined,
      effectivePeriod: { start, end },
      valueQuantity: quantity(84, '/min'),
    });
  expect(valueIn('heartRate', [lasting('{{now-20h}}', '{{now-11h}}')])).toBe(84);
  expect(valueIn('heartRate', [lasting('{{now-20h}}', '{{now-13h}}')])).toBeUndefined();
  expect(valueIn('heartRate', [lasting('{{now-1h}}', '{{now+1h}}')])).toBe(84);
  expect(valueIn('heartRate', [lasting('{{now+1h}}', '{{now+2h}}')])).toBeUndefined();
});
