/** What is checked on every resource of every call, against the schema that it is made from. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { z } from 'zod';
import { envelopes, isWellFormed } from '../../src/call-service/envelope.ts';
import { predicateOf } from '../../src/call-service/predicate.ts';
import type { FhirResource } from '../../src/fhir/types.ts';

const NAMES = [
  'id',
  'status',
  'subject',
  'patient',
  'reference',
  'type',
  'code',
  'coding',
  'system',
  'display',
  'text',
];
const MORE = [
  'value',
  'unit',
  'comparator',
  'period',
  'start',
  'end',
  'item',
  'linkId',
  'answer',
  'component',
  'entry',
];
const VALUES = ['valueQuantity', 'valueString', 'valueBoolean', 'valueInteger', 'valueDecimal', 'valueCoding', 'class'];

const { tree } = fc.letrec((tie) => ({
  leaf: fc.oneof(
    fc.constantFrom<unknown>('final', '', 'Patient/1', null, true, false, 0, 1.5, -3, undefined),
    fc.constantFrom<unknown>(Number.POSITIVE_INFINITY, [], {}, '2026-11-25'),
  ),
  object: fc.dictionary(fc.constantFrom(...NAMES, ...MORE, ...VALUES), tie('tree'), { maxKeys: 6 }),
  list: fc.array(tie('tree'), { maxLength: 3 }),
  tree: fc.oneof({ depthSize: 'medium', withCrossShrink: true }, tie('leaf'), tie('object'), tie('list')),
}));

/** Values that have a shape most of the way, so that both answers come up at every depth. */
const nearly = fc.record(
  {
    id: fc.oneof({ weight: 9, arbitrary: fc.constant('one') }, { weight: 1, arbitrary: tree }),
    status: fc.oneof({ weight: 9, arbitrary: fc.constant('final') }, { weight: 1, arbitrary: tree }),
    code: fc.oneof({ weight: 3, arbitrary: fc.constant({ coding: [{ code: 'x' }] }) }, { weight: 1, arbitrary: tree }),
    subject: fc.oneof({ weight: 3, arbitrary: fc.constant({ reference: 'Patient/1' }) }, tree),
    valueQuantity: fc.oneof({ weight: 3, arbitrary: fc.constant({ value: 1, unit: 'kg' }) }, tree),
    component: fc.array(fc.oneof(fc.constant({ valueBoolean: true }), tree), { maxLength: 2 }),
    item: fc.array(
      fc.oneof(
        fc.constant({ linkId: 'a', answer: [{ valueString: 'x', item: [{ linkId: 'b' }] }] }),
        fc.constant({ linkId: 'a', answer: [{ item: [{ answer: [] }] }] }),
        tree,
      ),
      { maxLength: 2 },
    ),
  },
  { requiredKeys: [] },
);

describe('the shape of a resource', () => {
  it.each([...envelopes])('%s: what is asked on each call says what its schema says', (resourceType, schema) => {
    const seen = new Set<boolean>();
    fc.assert(
      fc.property(fc.oneof(nearly, tree), (value) => {
        const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
        const resource = { ...(isObject ? value : { id: value }), resourceType };
        const expected = schema.safeParse(resource).success;
        seen.add(expected);
        expect(isWellFormed(resource as FhirResource)).toBe(expected);
      }),
      { numRuns: 400 },
    );
    expect(seen.size).toBe(2);
  });

  it('a list in the place of an object, and an object in the place of a list, are told as the schema tells them', () => {
    const shape = z.looseObject({ one: z.array(z.looseObject({ text: z.string().optional() })).optional() });
    const predicate = predicateOf(shape);
    for (const value of [[], {}, null, 1, { one: {} }, { one: [[]] }, { one: [null] }, { one: [{ text: 1 }] }]) {
      expect([value, predicate(value)]).toEqual([value, shape.safeParse(value).success]);
    }
  });

  it('a kind of schema that it does not know is refused when it is made, and not waved through', () => {
    expect(() => predicateOf(z.looseObject({ at: z.date() }))).toThrow('date');
  });
});
