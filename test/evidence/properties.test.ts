/** What can never change a fact (spec F.1-4, F.1-5; security/bar D2, D3). A failure prints its seed and path. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { assess } from '../../src/call-service.ts';
import type { Decision } from '../../src/decision/decision.ts';
import type { FhirResource, Observation } from '../../src/fhir/types.ts';
import { anyChart, anyMeasurements, anyUnusable, MEASURED } from '../harness/any-chart.ts';
import { EVERYTHING, NOW, observation, prepared, quantity } from '../harness/chart.ts';

const RUNS = { numRuns: 2_000, seed: Number(process.env.SEED ?? 20261125) };
const moment = { now: Date.parse(NOW), zone: 'UTC' };
const BASE = [
  { resourceType: 'Patient', id: 'p', gender: 'female', birthDate: '1996-02-03' },
  {
    ...observation('11778-8'),
    id: 'due',
    subject: { reference: 'Patient/p' },
    effectiveDateTime: '2026-11-20',
    valueDateTime: '2027-03-17',
  },
] as FhirResource[];

const decide = (chart: FhirResource[]): Decision =>
  assess(prepared, { patientId: 'p', resources: [...BASE, ...chart], read: EVERYTHING }, moment);

/** Every fact: its value, and whether all options of a multiple choice are known; as text, which is quick to compare. */
function factsOf(chart: FhirResource[]): string {
  let text = '';
  for (const [name, { value, complete }] of decide(chart).facts) {
    if (value !== undefined || !complete) text += `${name} ${complete} ${JSON.stringify(value)}\n`;
  }
  return text;
}

const shuffled = anyChart.chain((chart) =>
  fc.shuffledSubarray(chart, { minLength: chart.length }).map((other) => ({ chart, other })),
);

test(`order never changes a fact (seed ${RUNS.seed})`, () => {
  fc.assert(
    fc.property(shuffled, ({ chart, other }) => expect(factsOf(other)).toBe(factsOf(chart))),
    RUNS,
  );
});

test(`duplication never changes a fact (seed ${RUNS.seed})`, () => {
  const copied = anyChart.chain((chart) => fc.subarray(chart).map((copies) => ({ chart, copies })));
  fc.assert(
    fc.property(copied, ({ chart, copies }) => expect(factsOf([...copies, ...chart])).toBe(factsOf(chart))),
    RUNS,
  );
});

/** A panel as single Observations, a form as one response for each of its answers. */
function split(resource: FhirResource): FhirResource[] {
  if (resource.resourceType === 'Observation' && resource.component) {
    const { component, ...rest } = resource;
    return component.map((part, at) => ({ ...rest, ...part, id: `${rest.id}-${at}` }) as Observation);
  }
  // A copy of an answer refers to its response by id: that one stays whole.
  if (resource.resourceType !== 'QuestionnaireResponse' || resource.id === 'c0') return [resource];
  return leaves(resource.item ?? []).map((item, at) => ({ ...resource, id: `${resource.id}-${at}`, item: [item] }));
}

type Items = NonNullable<Extract<FhirResource, { resourceType: 'QuestionnaireResponse' }>['item']>;
const leaves = (items: Items): Items => items.flatMap((item) => (item.item ? leaves(item.item) : [item]));

test(`splitting never changes a fact (seed ${RUNS.seed})`, () => {
  fc.assert(
    fc.property(anyChart, (chart) => expect(factsOf(chart.flatMap(split))).toBe(factsOf(chart))),
    RUNS,
  );
});

test(`a resource that may not be used never changes a fact (seed ${RUNS.seed})`, () => {
  fc.assert(
    fc.property(anyChart, anyUnusable, (chart, unusable) => {
      expect(factsOf([unusable, ...chart])).toBe(factsOf(chart));
    }),
    RUNS,
  );
});

/** Every way to write a value of a fact in another unit: all pairs of its units. */
const PAIRS = MEASURED.flatMap(({ code, unit, others }) => {
  const units: [string, number, number?][] = [[unit, 1], ...others];
  return units.flatMap((from, at) => units.slice(at + 1).map((to) => ({ code, unit, from, to })));
});

const written = (value: number, [unit, factor, offset = 0]: [string, number, number?]) =>
  quantity(Number((value * factor + offset).toPrecision(12)), unit);

/** What a decision says, apart from the wording of values. */
const outcome = ({ level, results, facts }: Decision) => ({
  level,
  states: results.map(({ rule, state, raised }) => [rule.id, state, raised.map((raise) => raise.level)]),
  numbers: Object.fromEntries(
    [...facts].map(([name, { value }]) => {
      const number = typeof value === 'object' && !Array.isArray(value) ? value.value : value;
      return [name, typeof number === 'number' ? Number(number.toPrecision(5)) : number];
    }),
  ),
});

test(`a change of unit never changes a fact, or what follows from it: ${PAIRS.length} pairs (seed ${RUNS.seed})`, () => {
  expect(PAIRS.length).toBeGreaterThanOrEqual(60);
  fc.assert(
    fc.property(anyMeasurements, fc.constantFrom(...PAIRS), (chart, { code, unit, from, to }) => {
      const inUnit = (wanted: [string, number, number?]) =>
        chart.map((resource): FhirResource => {
          const { value, code: own } = resource.valueQuantity ?? {};
          const same = resource.code.coding?.[0]?.code === code && own === unit;
          return same && value !== undefined ? { ...resource, valueQuantity: written(value, wanted) } : resource;
        });
      expect(outcome(decide(inUnit(to)))).toEqual(outcome(decide(inUnit(from))));
    }),
    RUNS,
  );
});
