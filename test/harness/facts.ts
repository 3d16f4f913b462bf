/** Random values for the facts and engine names of a topic (fast-check). */
import fc from 'fast-check';
import { comparableQuantity } from '../../src/fhir/quantities.ts';
import type { FactDefinition } from '../../src/knowledge/fact-definition.ts';
import type { Topic } from '../../src/knowledge/topic.ts';

const unknown = fc.constant<unknown>([]);

/** Bindings of all names of a topic; about a third of the facts is unknown. */
export function anyBindings(topic: Topic): fc.Arbitrary<Record<string, unknown>> {
  const facts = Object.fromEntries(
    [...topic.factByName.values()].map((fact) => [fact.name, anyFact(fact, numbersOf(topic))]),
  );
  const chosen = topic.siteSettings.map(({ name, options }) => [name, fc.constantFrom<unknown>(...options)]);
  return fc.record({ ...facts, ...Object.fromEntries(chosen), ...anyContext });
}

function anyFact(fact: FactDefinition, numbers: number[]): fc.Arbitrary<unknown> {
  const near = fc.constantFrom(...numbers).chain((n) => fc.constantFrom(n - 1, n, n + 1, n + 0.5));
  const codes = fact.options.flatMap(({ value }) => (typeof value === 'string' ? [value] : []));
  const known: Record<FactDefinition['kind'], fc.Arbitrary<unknown>> = {
    boolean: fc.boolean(),
    choice: codes.length > 0 ? fc.constantFrom(...codes) : unknown,
    choices: codes.length > 0 ? fc.subarray(codes, { minLength: 1 }) : unknown,
    number: near,
    quantity: near.map((value) => comparableQuantity(value, fact.unit ?? '1')),
    date: unknown,
  };
  if (fact.valueWhenUnknown !== undefined) return known[fact.kind];
  return fc.oneof({ weight: 1, arbitrary: unknown }, { weight: 2, arbitrary: known[fact.kind] });
}

/** Numbers that expressions compare with: values are chosen around them. */
function numbersOf({ atoms }: Topic): number[] {
  const numbers = atoms.flatMap(({ expression }) => expression.match(/\d+(\.\d+)?/g)?.map(Number) ?? []);
  return [...new Set(numbers)];
}

const anyContext: Record<string, fc.Arbitrary<unknown>> = {
  gatePreg: fc.boolean(),
  gatePoss: fc.boolean(),
  gateDiscord: fc.boolean(),
  gateEnded: fc.boolean(),
  gateLatePost: fc.boolean(),
  gateOut: fc.boolean(),
  pregnancyStatus: fc.constantFrom('pregnant', 'possible', 'not', 'ended', 'unknown'),
  gestationKnown: fc.boolean(),
  gestationMin: fc.integer({ min: 0, max: 308 }),
  gestationMax: fc.integer({ min: 0, max: 308 }),
  daysSinceEnd: fc.oneof(unknown, fc.integer({ min: 0, max: 400 })),
  datingConflict: fc.boolean(),
  faceToFace: fc.boolean(),
  responseStatus: fc.constantFrom('none', 'in-progress', 'completed'),
  responseHours: fc.oneof(unknown, fc.constantFrom(1, 23.9, 24, 24.1, 200)),
  reached: fc.subarray(['emergency', 'same-day', 'incomplete', 'soon', 'routine']),
  raised: fc.subarray(['same-day', 'incomplete']),
  openDiscriminating: fc.subarray(['emergency', 'same-day']),
  firedRules: fc.subarray(['E01', 'U03', 'R01']),
  closingUnanswered: fc.boolean(),
  allClosed: fc.boolean(),
};
