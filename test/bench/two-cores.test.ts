/** Two real processes of plain work, beside one. */
import { expect, test } from '@jest/globals';
import { worthOfTwoCores } from '../../bench/two-cores.ts';

test('when two processes work at once then together they do some of what one does, and not the work of many', async () => {
  const worth = await worthOfTwoCores();
  // On a busy machine far less than 2; where the lone one was disturbed, more.
  expect(worth).toBeGreaterThan(0.2);
  expect(worth).toBeLessThan(10);
}, 30_000);
