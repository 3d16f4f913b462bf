/** When a warm-up is over, with made-up rates. */
import { expect, test } from '@jest/globals';
import { settle } from '../../bench/settle.ts';

test.each([
  ['two rounds bring no more than a twentieth', [100, 200, 209, 205, 300], 4],
  ['one slow round is followed by a faster one', [100, 90, 300, 300, 300, 900], 5],
  ['it goes on to get faster, but not for ever', [100, 200, 300, 400, 500, 600, 700], 6],
])('when %s then it is over', async (_name, rates, rounds) => {
  let done = 0;
  await settle(6, async () => rates[done++] ?? 0);
  expect(done).toBe(rounds);
});
