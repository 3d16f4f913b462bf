/** Work is repeated until it gets no faster: the compiler needs longer on a slow machine. */

/** Faster by less than this is no progress. */
const PROGRESS = 1.05;
/** One slow round may be the machine's fault. */
const ROUNDS_WITHOUT = 2;

/** @param most rounds at all; @param round does the work for a while and says how fast it was */
export async function settle(most: number, round: () => Promise<number>): Promise<void> {
  let best = 0;
  let without = 0;
  for (let done = 0; done < most && without < ROUNDS_WITHOUT; done += 1) {
    const rate = await round();
    without = rate < best * PROGRESS ? without + 1 : 0;
    best = Math.max(best, rate);
  }
}
