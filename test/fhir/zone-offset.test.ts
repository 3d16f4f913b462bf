/** The remembered offsets of zones beside the platform's own words ("GMT+03:30"). */
import { expect, test } from '@jest/globals';
import { offsetAt } from '../../src/fhir/zone-offset.ts';

const HOUR = 3_600_000;
const ZONES = Intl.supportedValuesOf('timeZone');

function spoken(instant: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' }).formatToParts(instant);
  const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign, hours, minutes] = /^GMT(?:([+-])(\d{2}):(\d{2}))?$/.exec(name) ?? ['', 'unread'];
  return (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60_000;
}

test.each([
  ['the days on which Europe changes its clock', Date.parse('2026-03-28T00:00Z'), 60],
  ['the days on which America changes its clock', Date.parse('2026-10-31T00:00Z'), 60],
])('when the instants are %s then every zone has the platform’s offset', (_name, start, hours) => {
  const wrong: string[] = [];
  for (const zone of ZONES) {
    for (let hour = 0; hour < hours; hour += 4) {
      const instant = start + hour * HOUR;
      if (offsetAt(instant, zone) !== spoken(instant, zone)) wrong.push(`${zone} ${new Date(instant).toISOString()}`);
    }
  }
  expect(ZONES.length).toBeGreaterThan(300);
  expect(wrong).toEqual([]);
});

test('when a zone changes its clock within a day then each side of the change has its own offset', () => {
  const change = Date.parse('2026-03-29T01:00Z');
  expect([-1, 0].map((at) => offsetAt(change + at, 'Europe/Berlin') / HOUR)).toEqual([1, 2]);
  // Half an hour, at half past an hour of UTC.
  const half = Date.parse('2026-04-04T15:00Z');
  expect([-1, 0].map((at) => offsetAt(half + at, 'Australia/Lord_Howe') / HOUR)).toEqual([11, 10.5]);
});

test('when a zone is no zone then it is an error, again and again', () => {
  for (const _ of [1, 2]) expect(() => offsetAt(0, 'Nowhere/Land')).toThrow(RangeError);
});
