/** Order and duplication of resources (spec F.1-5): 2,000 random charts; the seed makes a failure repeatable. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
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
  encounter,
  episode,
  measuredGestation,
  NEGATIVE,
  observed,
  POSITIVE,
  procedure,
  urineTest,
} from '../harness/pregnancy.ts';

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

const anyForm = fc
  .record({
    pregnancyKnown: fc.constantFrom('scan', 'thinkSo', 'no', 'notSure', null),
    howFarAlong: fc.constantFrom('firstThreeMonths', 'moreThanFiveMonths', null),
    lastPeriodDate: fc.oneof(ago.map(dateAgo), fc.constantFrom('2026-08', null)),
    lastPeriodCertain: fc.constantFrom('yes', 'no', null),
    pregnancyEnded: fc.constantFrom('birth', 'miscarriage', 'none', null),
    pregnancyEndDate: fc.oneof(ago.map(dateAgo), fc.constantFrom('2026-10', null)),
    bleeding: fc.constantFrom('light', 'none', null),
    missedPeriod: fc.constantFrom('yes', 'no', null),
  })
  .chain((answers) => days(0, 9).map((at) => answered(answers, daysAgo(at))));

const anyStatement: fc.Arbitrary<FhirResource[]> = fc.oneof(
  fc.tuple(fc.constantFrom(POSITIVE, NEGATIVE), ago).map(([value, at]) => [urineTest(value, daysAgo(at))]),
  fc
    .tuple(fc.constantFrom('77386006', '60001007', '146799005'), ago)
    .map(([code, at]) => [observed('82810-3', coded(code), daysAgo(at))]),
  fc
    .tuple(fc.constantFrom('77386006', '34801009', '17369002', '65727000'), fc.constantFrom('active', 'resolved'), ago)
    .map(([code, clinical, at]) => [diagnosis(code, { clinical, onset: daysAgo(at) })]),
  fc.tuple(fc.constantFrom('66348005', '386639001'), days(0, 400)).map(([code, at]) => [procedure(code, daysAgo(at))]),
  ago.map((at) => [episode(daysAgo(at))]),
  ago.map((at) => [
    encounter(daysAgo(at), { type: [{ coding: [{ system: 'http://snomed.info/sct', code: '424619006' }] }] }),
  ]),
);

const anyChart = fc.array(fc.oneof(anySource, anyForm, anyStatement), { maxLength: 8 });

/** Everything that is made of the dating items. */
function reading(chart: FhirResource[]) {
  const { gates, discord, gestation: used, pregnancy, facts, unreadStatus } = assessed(chart);
  const { status, end, gestation: read, beganAt, located, seen, possible, inMaternityCare, notes } = pregnancy;
  return {
    gates: [...gates].sort(),
    discord,
    used,
    status,
    end: end && [end.day, end.earliest, end.mayPersist],
    possibleSinceEnd: pregnancy.possibleSinceEnd,
    tests: [pregnancy.testPositive, pregnancy.testNegative, facts.get('persistingPositiveTest')?.value],
    read,
    conflict: pregnancy.datingConflict,
    datedBy: new Set(pregnancy.datedBy.map(({ fact, value }) => `${fact.name} ${JSON.stringify(value)}`)),
    located: [beganAt, located, seen, possible, inMaternityCare],
    notes,
    unreadStatus,
  };
}

test('when dating resources come in another order or twice then nothing changes', () => {
  let dating = 0;
  const shuffled = anyChart.chain((chart) => {
    const resources = chart.flat();
    const twice = fc.subarray(resources).map((some) => [...resources, ...some.map((one) => ({ ...one }))]);
    return fc.record({
      resources: fc.constant(resources),
      other: twice.chain((list) => fc.shuffledSubarray(list, { minLength: list.length })),
    });
  });
  fc.assert(
    fc.property(shuffled, ({ resources, other }) => {
      const expected = reading(resources);
      dating += Number(expected.read.known);
      expect(reading(other)).toEqual(expected);
    }),
    RUNS,
  );
  expect(dating).toBeGreaterThan(500);
});
