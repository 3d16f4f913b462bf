/** Texts that are spared the work come out as they would with it. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { escaped } from '../../src/cards/escape.ts';

const pieces = fc.constantFrom(
  ...['a', 'B', '1', ' ', '.', ',', ':', '/', '-', '+', '%', "'", '"', '=', '?', ';', '$', '^', 'www', 'com', '\u00e9'],
  ...['(', ')', '[', ']', '*', '_', '#', '!', '|', '~', '@', '<', '>', '&', '\\', '`', '{', '}', '\n', '\t'],
);

test('when a text is taken as harmless then all the work would not have changed it', () => {
  let spared = 0;
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
      const text = parts.join('');
      // A character that is not seen becomes a space at the end, which is cut: the same text, the long way.
      const theLongWay = escaped(`${text}\u200b`);
      if (escaped(text) === text) spared += 1;
      expect(escaped(text)).toBe(theLongWay);
    }),
    { numRuns: 20_000, seed: 20261126 },
  );
  expect(spared).toBeGreaterThan(200);
});
