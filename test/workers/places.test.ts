/** How long workers may be silent, and how long a place stays empty: both sides of each limit. */
import type { Worker } from 'node:cluster';
import { expect, test } from '@jest/globals';
import { differ, emptyPlace, isSilent, type Place, vacate } from '../../src/workers/places.ts';

const place = (known: Partial<Place>): Place => ({ ...emptyPlace(1), worker: {} as Worker, ...known });

test.each<[string, Partial<Place>, number, boolean]>([
  ['serves', { knowledge: 'a' }, 10_000, false],
  ['serves', { knowledge: 'a' }, 10_001, true],
  ['starts', {}, 120_000, false],
  ['starts', {}, 120_001, true],
  ['is gone', { worker: undefined }, 1_000_000, false],
])('when one that %s (%j) was silent for %d ms then it is killed: %p', (_, known, now, silent) => {
  expect(isSilent(place(known), now)).toBe(silent);
});

test('when each ends soon after its start then the next one waits twice as long, at most half a minute', () => {
  const failing = place({});
  const waits = Array.from({ length: 9 }, () => vacate(failing, 30_000));
  expect(waits).toEqual([250, 500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
  expect(failing).toMatchObject({ worker: undefined, knowledge: undefined });
});

test('when one has lived for more than half a minute then another takes its place at once', () => {
  expect(vacate(place({ failures: 5 }), 30_001)).toBe(0);
  expect(vacate(place({ failures: 5 }), 30_000)).toBe(8000);
});

test('places differ when two serve different knowledge, not when one does not serve yet', () => {
  expect(differ([place({ knowledge: 'a' }), place({ knowledge: 'a' }), place({})])).toBe(false);
  expect(differ([place({ knowledge: 'a' }), place({ knowledge: 'b' })])).toBe(true);
});
