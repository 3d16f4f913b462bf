/** Properties of the pregnancy reading (spec F.1-3, F.1-5): 2,000 random charts each; the seed makes a failure repeatable. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { evaluationOf, gateNames } from '../../src/decision/bindings.ts';
import type { FhirResource } from '../../src/fhir/types.ts';
import type { Gestation } from '../../src/pregnancy/gestation.ts';
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
  ovulationDue,
  POSITIVE,
  periodDue,
  pregnancyOf,
  procedure,
  scanDue,
  urineTest,
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

const width = ({ min, max }: Gestation): number => max - min;

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

const [topic] = topics;
if (!topic) throw new Error('no topic');
const bands = topic.variables.filter(({ name }) => /^(may|sure)\d|^(may|sure)Under/.test(name));

/** The bands at a gestation, in gate PREG. */
function bandsAt(interval: Gestation): Map<string, unknown> {
  const evaluation = evaluationOf(topic as NonNullable<typeof topic>, new Map(), {});
  evaluation.bind('gate', gateNames({ gates: new Set(['PREG']), discord: false, gestation: interval }));
  return new Map(bands.map((variable) => [variable.name, evaluation.truthOf({ kind: 'named', variable })]));
}

test('unknown gestation is worst case, and a wider interval is never better: at the level of bands', () => {
  expect(bands.length).toBeGreaterThanOrEqual(18);
  const unknown = bandsAt({ min: 0, max: 308, known: false });
  const anyPair = fc.tuple(gestation, gestation, gestation, gestation).map((list) => {
    const [a = 0, b = 0, c = 0, d = 0] = list.sort((x, y) => x - y);
    return { inner: { min: b, max: c, known: true }, outer: { min: a, max: d, known: true } };
  });
  fc.assert(
    fc.property(anyPair, ({ inner, outer }) => {
      const [narrow, wide] = [bandsAt(inner), bandsAt(outer)];
      for (const [name, truth] of narrow) {
        const isMay = name.startsWith('may');
        if (isMay && truth) expect([name, wide.get(name), unknown.get(name)]).toEqual([name, true, true]);
        if (!isMay && !truth) expect([name, wide.get(name)]).toEqual([name, false]);
        if (!isMay) expect(unknown.get(name)).toBe(false);
      }
    }),
    RUNS,
  );
});

test('no band is always true or always false', () => {
  for (const { name } of bands) {
    const truths = new Set(
      Array.from({ length: 309 }, (_, at) => bandsAt({ min: at, max: at, known: true }).get(name)),
    );
    expect([name, truths.size]).toEqual([name, 2]);
  }
});

test('periodDue stands for a due date that is not of ultrasound', () => {
  expect(pregnancyOf([periodDue(100), scanDue(104)]).gestation).toEqual({ min: 104, max: 104, known: true });
});
