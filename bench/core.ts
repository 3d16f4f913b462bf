import { performance } from 'node:perf_hooks';
import { settle } from './settle.ts';

const ROUND_MS = 1000;
const MOST_ROUNDS = 8;
const MEASURE_MS = 2000;

function repeat(decideOnce: () => void, milliseconds: number): { count: number; elapsed: number } {
  const start = performance.now();
  let count = 0;
  let elapsed = 0;
  while (elapsed < milliseconds) {
    decideOnce();
    count += 1;
    elapsed = performance.now() - start;
  }
  return { count, elapsed };
}

/** Microseconds per decision of the pure core in this process, without HTTP and JSON. */
export async function measureCore(decideOnce: () => void): Promise<number> {
  await settle(MOST_ROUNDS, async () => repeat(decideOnce, ROUND_MS).count);
  const { count, elapsed } = repeat(decideOnce, MEASURE_MS);
  return (elapsed * 1000) / count;
}
