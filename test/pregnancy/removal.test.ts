/** Removing a source never narrows the interval: 2,000 random charts each; the seed makes a failure repeatable. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { FhirResource } from '../../src/fhir/types.ts';
import type { Gestation } from '../../src/pregnancy/gestation.ts';
import {
  answered,
  dateAgo,
  dated,
  daysAgo,
  diagnosis,
  dueAt,
  measuredGestation,
  observed,
  ovulationDue,
  periodDue,
  pregnancyOf,
  scanDue,
} from '../harness/pregnancy.ts';
import { topics } from '../harness/requests.ts';

const SEED = 20261125;

const RUNS = { numRuns: 2_000, seed: SEED };

const days = (min: number, max: number) => fc.integer({ min, max });

const gestation = days(0, 308);

const ago = days(0, 320);

/** One group of resources that says one thing; a form is one thing. */
const anySource: fc.Arbitrary<FhirResource[]> = fc.oneof(
  fc.tuple(gestation, ago).map(([now, at]) => [observed('11778-8', dated(dueAt(now)), daysAgo(at))]),
  fc.tuple(gestation, ago).map(([now, at]) => [observed('11780-4', dated(dueAt(now)), daysAgo(at))]),
  fc.tuple(gestation, ago).map(([now, at]) => [observed('11779-6', dated(dueAt(now)), daysAgo(at))]),
  fc
    .tuple(fc.constantFrom('18185-9', '11884-4', '11888-5', '49051-6'), gestation, days(0, 60))
    .map(([code, now, at]) => [measuredGestation(code, Math.max(now, at), at)]),
  fc.tuple(days(0, 6), days(0, 60)).map(([extra, at]) => [measuredGestation('49052-4', extra + at, at)]),
  fc.tuple(ago, ago).map(([period, at]) => [observed('8665-2', dated(dateAgo(period)), daysAgo(at))]),
);

const width = ({ min, max }: Gestation): number => max - min;

const [topic] = topics;

if (!topic) throw new Error('no topic');

const _bands = topic.variables.filter(({ name }) => /^(may|sure)\d|^(may|sure)Under/.test(name));

test('when a source that the interval does not rest on is removed then the interval never narrows', () => {
  let removed = 0;
  fc.assert(
    fc.property(fc.array(anySource, { minLength: 2, maxLength: 6 }), (chart) => {
      const { gestation: before, datedBy } = pregnancyOf(chart.flat());
      const restsOn = new Set(datedBy.map(({ reference }) => reference));
      for (const source of chart) {
        const isDays = JSON.stringify(source).includes('49052-4');
        if (isDays || source.some(({ id }) => restsOn.has(`Observation/${id}`))) continue;
        removed += 1;
        const rest = chart.filter((other) => other !== source).flat();
        const { min, max } = pregnancyOf(rest).gestation;
        expect(min <= before.min && max >= before.max).toBe(true);
      }
    }),
    RUNS,
  );
  expect(removed).toBeGreaterThan(2_000);
});

test('when ultrasound and ovulation are removed then the interval never narrows', () => {
  const precise = fc.array(fc.oneof(gestation.map(scanDue), gestation.map(ovulationDue)), {
    minLength: 1,
    maxLength: 1,
  });
  const others = fc.array(anySource, { maxLength: 4 });
  const isPrecise = ({ code }: { code?: { coding?: { code?: string }[] } }) =>
    ['11778-8', '11780-4', '11888-5'].includes(code?.coding?.[0]?.code ?? '');
  fc.assert(
    fc.property(precise, others, (best, list) => {
      const rest = list.flat().filter((resource) => !isPrecise(resource as object));
      const [before, after] = [pregnancyOf([...best, ...rest]), pregnancyOf(rest)].map((read) => read.gestation);
      expect(width(after as Gestation)).toBeGreaterThanOrEqual(width(before as Gestation));
    }),
    RUNS,
  );
});

test('when the sureness of a period is removed then the interval holds all that it held', () => {
  fc.assert(
    fc.property(gestation, fc.array(anySource, { maxLength: 3 }), (period, list) => {
      const form = (lastPeriodCertain: string | null) =>
        answered({ lastPeriodDate: dateAgo(period), lastPeriodCertain }, '{{now-1m}}');
      const [sure, unsure] = ['yes', null].map(
        (certain) => pregnancyOf([...form(certain), ...list.flat()]).gestation,
      ) as [Gestation, Gestation];
      expect(unsure.min).toBeLessThanOrEqual(sure.min);
      expect(unsure.max).toBeGreaterThanOrEqual(sure.max);
    }),
    RUNS,
  );
});

test('when everything that dates is removed then the interval is the whole of a pregnancy', () => {
  fc.assert(
    fc.property(fc.array(anySource, { minLength: 1, maxLength: 5 }), (list) => {
      const pregnant = diagnosis('77386006', { onset: daysAgo(9) });
      const { gestation: before } = pregnancyOf([pregnant, ...list.flat()]);
      const { gestation: after } = pregnancyOf([pregnant]);
      expect(after).toEqual({ min: 0, max: 308, known: false });
      expect(before.min >= after.min && before.max <= after.max && before.min <= before.max).toBe(true);
    }),
    RUNS,
  );
});

test('periodDue stands for a due date that is not of ultrasound', () => {
  expect(pregnancyOf([periodDue(100), scanDue(104)]).gestation).toEqual({ min: 104, max: 104, known: true });
});
