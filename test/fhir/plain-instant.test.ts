/** What is read digit by digit is what `Date.parse` reads. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { plainInstant } from '../../src/fhir/plain-instant.ts';

const padded = (digits: number) => (value: number) => String(value).padStart(digits, '0');
const number = (min: number, max: number, digits = 2) => fc.integer({ min, max }).map(padded(digits));

const seconds = fc.oneof(
  fc.constant(''),
  fc.tuple(number(0, 61), fc.stringMatching(/^(\.\d{1,9})?$/)).map(([second, rest]) => `:${second}${rest}`),
);
const offset = fc.oneof(
  fc.constant('Z'),
  fc
    .tuple(fc.constantFrom('+', '-'), number(0, 25), number(0, 61))
    .map(([sign, hours, minutes]) => `${sign}${hours}:${minutes}`),
);
const anyInstant = fc
  .tuple(number(0, 9999, 4), number(0, 13), number(0, 32), number(0, 25), number(0, 61), seconds, offset)
  .map(([year, month, day, hour, minute, rest, zone]) => `${year}-${month}-${day}T${hour}:${minute}${rest}${zone}`);

test('an instant that it reads is the one of Date.parse', () => {
  fc.assert(
    fc.property(anyInstant, (text) => {
      const read = plainInstant(text);
      if (read !== undefined) expect([text, read]).toEqual([text, Date.parse(text)]);
    }),
    { numRuns: 20_000 },
  );
});

test('it reads every real day and time of usual years', () => {
  const anyMoment = fc.date({ min: new Date('1900-01-01'), max: new Date('2199-12-31'), noInvalidDate: true });
  fc.assert(
    fc.property(anyMoment, (moment) => {
      const text = moment.toISOString();
      const isLeapDay = text.slice(5, 10) === '02-29';
      expect([text, plainInstant(text)]).toEqual([text, isLeapDay ? undefined : moment.getTime()]);
    }),
    { numRuns: 20_000 },
  );
});

test.each([
  '2026-11-25',
  '2026-11-25T10:00:00',
  '2026-11-25 10:00:00Z',
  '2026-11-25T10:00:00.Z',
  '2026-11-25T10:00:00Z ',
  '2026-11-25T10:00:00+0100',
  '2026-11-25T24:00:00Z',
  '2026-13-25T10:00:00Z',
  '2026-02-30T10:00:00Z',
  '+26-11-25T10:00:00Z',
  '',
])('%s is left to others', (text) => {
  expect(plainInstant(text)).toBeUndefined();
});
