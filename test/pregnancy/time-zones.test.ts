/** Gestation and time zones (security/bar R5, spec F.1-6, F.1-7): 24 zones x 10 dates. */
import { spawnSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import { dated, gestationOf, observed } from '../harness/pregnancy.ts';

const ZONES = [
  'Pacific/Pago_Pago',
  'Pacific/Honolulu',
  'America/Anchorage',
  'America/Los_Angeles',
  'America/Denver',
  'America/Chicago',
  'America/New_York',
  'America/Halifax',
  'America/St_Johns',
  'America/Sao_Paulo',
  'Atlantic/Azores',
  'UTC',
  'Europe/London',
  'Europe/Berlin',
  'Africa/Cairo',
  'Africa/Nairobi',
  'Asia/Tehran',
  'Asia/Karachi',
  'Asia/Kolkata',
  'Asia/Dhaka',
  'Asia/Bangkok',
  'Asia/Tokyo',
  'Australia/Sydney',
  'Pacific/Auckland',
];

/** Days on which clocks change, a leap day, turns of the year, and ordinary ones. */
const DATES = [
  '2026-03-08',
  '2026-03-29',
  '2026-04-05',
  '2026-10-25',
  '2026-11-01',
  '2026-12-31',
  '2027-01-01',
  '2028-02-29',
  '2026-06-21',
  '2026-11-25',
];

const DAY = 86_400_000;
const later = (date: string, days: number) => new Date(Date.parse(date) + days * DAY).toISOString().slice(0, 10);

/** A due date such that she is 24+0 on `date`, and a period, a year of it recorded before. */
const chartFor = (date: string) => [observed('11778-8', dated(later(date, 112)), later(date, -90))];

test('there are 24 zones and 10 dates', () => {
  expect([new Set(ZONES).size, new Set(DATES).size]).toEqual([24, 10]);
});

/** The first instant of a day in a zone, by what its calendar shows and by nothing of `src`. */
function midnight(date: string, zone: string): number {
  const calendar = new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' });
  const shows = (instant: number) => calendar.format(instant) >= date;
  let [before, after] = [Date.parse(date) - DAY, Date.parse(date) + DAY];
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (shows(middle)) after = middle;
    else before = middle;
  }
  return after;
}

describe('gestation changes at local midnight of the site', () => {
  test.each(ZONES)('%s', (zone) => {
    for (const date of DATES) {
      const at = (instant: number) => gestationOf(chartFor(date), { now: new Date(instant).toISOString(), zone });
      const start = midnight(date, zone);
      expect([date, at(start - 1), at(start), at(start + 3 * 3_600_000)]).toEqual([date, '23+6', '24+0', '24+0']);
    }
  });
});

describe('an instant means the same whatever offset it is written with', () => {
  test.each(DATES)('a gestation measured on %s', (date) => {
    const measured = Date.parse(`${date}T03:30:00Z`);
    const written = Array.from({ length: 24 }, (_, at) => {
      const offset = at - 11;
      const local = new Date(measured + offset * 3_600_000).toISOString().slice(0, 19);
      return `${local}${offset < 0 ? '-' : '+'}${String(Math.abs(offset)).padStart(2, '0')}:00`;
    });
    const now = `${later(date, 30)}T12:00:00Z`;
    const quantity = { valueQuantity: { value: 140, unit: 'd', system: 'http://unitsofmeasure.org', code: 'd' } };
    const found = written.map((effective) =>
      gestationOf([observed('18185-9', quantity, effective)], { now, zone: 'America/New_York' }),
    );
    // 03:30 UTC is the evening before in New York: 31 days.
    expect(new Set(found)).toEqual(new Set(['24+3']));
  });
});

/** Lets Node 20 run TypeScript, so that the server's zone can be changed in a process of its own. */
const LOADER = `
import { register } from 'node:module';
register('data:text/javascript,' + encodeURIComponent(\`
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
const { transformSync } = createRequire(process.cwd() + '/')('@swc/core');
export const load = (url, context, next) => url.endsWith('.ts')
  ? { format: 'module', shortCircuit: true, source: transformSync(readFileSync(new URL(url), 'utf8'),
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'es6' } }).code }
  : next(url, context);
\`), 'file://' + process.cwd() + '/');
`;

test('the time zone of the server never changes the gestation: 24 zones x 10 dates', () => {
  const script = `
    const { gestationOf, observed, dated } = await import('./test/harness/pregnancy.ts');
    const found = {};
    for (const zone of ${JSON.stringify(ZONES)}) {
      process.env.TZ = zone;
      const offset = new Date('2026-06-21T00:00:00Z').getTimezoneOffset();
      const charts = ${JSON.stringify(DATES.map((date) => ({ date, chart: chartFor(date) })))};
      found[zone] = { offset, gestations: charts.map(({ date, chart }) =>
        gestationOf(chart, { now: date + 'T22:30:00Z', zone: 'Asia/Kolkata' })) };
    }
    console.log(JSON.stringify(found));`;
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', `data:text/javascript,${encodeURIComponent(LOADER)}`, '--input-type=module', '--eval', script],
    { encoding: 'utf8', env: { PATH: process.env.PATH } },
  );
  if (!stdout) throw new Error(stderr);
  const found: Record<string, { offset: number; gestations: string[] }> = JSON.parse(stdout);
  expect(Object.keys(found)).toEqual(ZONES);
  expect(new Set(Object.values(found).map(({ offset }) => offset)).size).toBeGreaterThan(18);
  // 22:30 UTC is past midnight in Kolkata: a day more than on the date itself.
  for (const zone of ZONES) expect([zone, new Set(found[zone]?.gestations)]).toEqual([zone, new Set(['24+1'])]);
});
