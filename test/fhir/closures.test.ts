/** Closures give what the FHIRPath engine gives, in value and in failure; the engine is the oracle. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { compileClosure } from '../../src/fhir/closures.ts';
import { compileExpression } from '../../src/fhir/fhirpath.ts';
import { comparableQuantity } from '../../src/fhir/quantities.ts';
import { loadTopics, readKnowledgeFiles } from '../../src/knowledge/load.ts';
import { compilePlans } from '../../src/plan/compile-plans.ts';

/** Of all plans: the project's own, the second topic of the tests, and the plans in plain R4. */
const atoms = [
  ...['.', 'test/fixtures/headache'].flatMap(loadTopics).flatMap((topic) => topic.atoms),
  ...compilePlans(readKnowledgeFiles('test/fixtures/foreign')).flatMap(({ names }) => [...names.scope.atoms.values()]),
];
const SEED = 20261126;

/** One expression of each form, and of forms that only the engine knows. */
const FORMS = [
  '%x',
  '%x and %y',
  '%x or %y',
  '%x xor %y',
  '%x implies %y',
  '%x.not()',
  '%x.empty()',
  '%x.exists()',
  '%x.count() > 1',
  "%x = 'a'",
  "'a' = %x",
  "%x != 'a'",
  "%x ~ 'a'",
  '%x = true',
  '%x = false',
  '%x = 3',
  '%x = %y',
  '%x < 3',
  '%x <= 3.5',
  '%x > 3',
  '%x >= 3',
  '%x > -3',
  "%x < 38.0 'Cel'",
  "%x >= 38.0 'Cel'",
  "%x = 38.0 'Cel'",
  "%x <= 90 'mm[Hg]'",
  "%x in ('a' | 'b')",
  "%x in ('a' | %y)",
  "%x contains 'a'",
  'iif(%x, %y, true)',
  'iif(%x, %y)',
  "iif(%x.empty(), {}, %x contains 'a')",
  "iif(%x = 'a', {}, %x in ('b' | 'c'))",
  "iif(%x and (%y or %x), 'a', 'b')",
  "(%x or %y).not() and (%x = 'it\\'s' or %y)",
];

const values = fc.oneof(
  { arbitrary: fc.constant([]), weight: 3 },
  { arbitrary: fc.boolean(), weight: 3 },
  fc.constantFrom('a', 'b', 'c', '', "it's", 'true'),
  fc.constantFrom([true], ['a'], ['a', 'b'], ['b', 'c'], [1, 2], ['a', 1]),
  fc.constantFrom(2, 3, 3.5, 4, -3),
  fc.constantFrom(37.9, 38, 38.1).map((value) => comparableQuantity(value, 'Cel')),
  fc.constantFrom(100.3, 100.4, 100.5).map((value) => comparableQuantity(value, '[degF]')),
  fc.constantFrom(11.9, 12.1).map((value) => comparableQuantity(value, 'kPa')),
  fc.constantFrom(89, 90, 91).map((value) => comparableQuantity(value, 'mm[Hg]')),
  fc.constant({ ...comparableQuantity(38, 'Cel'), comparator: '<' }),
);

const FAILED = 'failed';

/** A collection as text, so that numbers and quantities compare by what they say. */
const shown = (found: unknown): string =>
  JSON.stringify(found === undefined ? [] : Array.isArray(found) ? found : [found]);

function outcome(evaluate: () => unknown): string {
  try {
    return shown(evaluate());
  } catch {
    return FAILED;
  }
}

describe('when values of any type are bound then a closure answers as the engine does', () => {
  test.each(FORMS)('%s', (expression) => {
    const [closure, engine] = [compileClosure(expression), compileExpression(expression)];
    fc.assert(
      fc.property(values, values, (x, y) => {
        expect(outcome(() => closure({ x, y }))).toBe(outcome(() => engine({ x, y })));
      }),
      { numRuns: 300, seed: SEED },
    );
  });
});

/** Of all atoms together. */
const COMPARISONS = 100_000;

test('when any value is bound to any name then every atom of the knowledge answers as the engine does, in 100,000 comparisons', () => {
  const numRuns = Math.ceil(COMPARISONS / atoms.length);
  expect(atoms.length).toBeGreaterThan(100);
  for (const { expression, leaf } of atoms) {
    const [closure, engine] = [compileClosure(expression), compileExpression(expression)];
    fc.assert(
      fc.property(fc.array(values, { minLength: leaf.names.length, maxLength: leaf.names.length }), (bound) => {
        const names = Object.fromEntries(leaf.names.map((name, at) => [name, bound[at]]));
        expect([expression, outcome(() => closure(names))]).toEqual([expression, outcome(() => engine(names))]);
      }),
      { numRuns, seed: SEED },
    );
  }
});

test('when a name is not bound then it fails, as with the engine', () => {
  expect(outcome(() => compileClosure('%x')({}))).toBe(FAILED);
  expect(outcome(() => compileExpression('%x')({}))).toBe(FAILED);
});

test('when an expression does not parse then it is refused at once', () => {
  expect(() => compileClosure('%x and')).toThrow();
});
