/** The small parser of conditions gives the tree of the engine's own parser, or none; the engine is the oracle. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseCondition } from '../../src/fhir/condition-syntax.ts';
import { parseByEngine } from '../../src/fhir/fhirpath.ts';

const SEED = 20261126;

/** Every expression that stands anywhere in the knowledge, on one line. */
function expressionsIn(element: unknown): string[] {
  if (typeof element !== 'object' || element === null) return [];
  const { language, expression } = element as { language?: unknown; expression?: unknown };
  const own = language === 'text/fhirpath' && typeof expression === 'string' ? [expression] : [];
  return [...own, ...Object.values(element).flatMap(expressionsIn)];
}

const KNOWLEDGE = ['questionnaires', 'plan-definitions'].flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .flatMap((name) => expressionsIn(JSON.parse(readFileSync(join(folder, name), 'utf8')))),
);

const WRITTEN = [
  '%x or %y and %z or %w xor %v',
  '((%x and %y)).not().not()',
  "%x | 'a' | 'b' in %x",
  "'it\\'s' = %x",
  '{} = {}',
  'iif( %a , %b )',
  'not( )',
  "%x = 3'mg'",
  '%x = 007',
  '3.5.not()',
  '%a and%b',
  "%a in('x')",
];

/** What is no condition, or a form that only the engine knows. */
const LEFT = [
  '%x < 3 days',
  '%x implies %y',
  "%x.contains('a')",
  '%x > -3',
  '%`a b`',
  '%x.a',
  '%x[0]',
  'now()[0]',
  '%in',
];
const NONE = [
  '%x and',
  '%1a',
  '%x = .5',
  '%aand %b',
  '(%x',
  '%x)',
  ')',
  '',
  "'a",
  '%x %y',
  'iif(%x,)',
  '%x, %y',
  '%xor',
  "('a' 3",
];

/** The tree as JSON: no member that is undefined. */
const shown = (tree: unknown): unknown => (tree === undefined ? undefined : JSON.parse(JSON.stringify(tree)));

function byEngine(expression: string): unknown {
  try {
    return shown(parseByEngine(expression));
  } catch {
    return undefined;
  }
}

test('when a condition of the knowledge is parsed then the tree is the one of the engine', () => {
  const lines = [...new Set(KNOWLEDGE.map((text) => text.replace(/\s+/g, ' ').trim()))];
  expect(lines.length).toBeGreaterThan(400);
  for (const line of lines) expect([line, shown(parseCondition(line))]).toEqual([line, byEngine(line)]);
});

describe('when a form is known then the tree is the one of the engine', () => {
  test.each(WRITTEN)('%s', (expression) => {
    expect(shown(parseCondition(expression))).toEqual(byEngine(expression));
  });
});

describe('when a form is not known then it is left to the engine', () => {
  test.each([...LEFT, ...NONE])('%s', (expression) => {
    expect(parseCondition(expression)).toBeUndefined();
  });
});

const WORDS = [
  '%x',
  '%y1',
  "'a'",
  "'it\\'s'",
  '3',
  '3.5',
  'true',
  '{}',
  'iif(',
  'not()',
  'empty()',
  'count()',
  'contains',
];
const SIGNS = [
  '(',
  ')',
  ',',
  '.',
  '=',
  '!=',
  '<',
  '<=',
  '>',
  '>=',
  '|',
  'and',
  'or',
  'xor',
  'in',
  '-',
  '\u00a0',
  'is',
  '~',
];
const soup = fc
  .array(fc.oneof(fc.constantFrom(...WORDS), fc.constantFrom(...SIGNS), fc.constantFrom('', ' ', '  ')), {
    maxLength: 9,
  })
  .chain((parts) => fc.constantFrom(parts.join(''), parts.join(' ')));

test('when anything is parsed then the tree is the one of the engine, or there is none', () => {
  fc.assert(
    fc.property(soup, (expression) => {
      const tree = shown(parseCondition(expression));
      if (tree !== undefined) expect([expression, tree]).toEqual([expression, byEngine(expression)]);
    }),
    { numRuns: 4_000, seed: SEED },
  );
});

const atom = fc.constantFrom('%x', '%y = true', "%z in ('a' | 'b')", "iif(%x.empty(), {}, %x contains 'a')", '%n >= 3');
const { condition } = fc.letrec<{ condition: string }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 4 },
    atom,
    fc.tuple(tie('condition'), fc.constantFrom('and', 'or', 'xor'), tie('condition')).map((parts) => parts.join(' ')),
    tie('condition').map((inner) => `(${inner})`),
    tie('condition').map((inner) => `(${inner}).not()`),
  ),
}));

test('when conditions are put together then the tree is the one of the engine', () => {
  fc.assert(
    fc.property(condition, (expression) => {
      expect([expression, shown(parseCondition(expression))]).toEqual([expression, byEngine(expression)]);
    }),
    { numRuns: 500, seed: SEED },
  );
});
