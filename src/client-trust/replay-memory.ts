/** Remembers used tokens in this process: enough for one replica that was not restarted. */
import type { ReplayMemory } from '../cds-hooks/replay-memory.ts';

const SWEEP_AFTER = 10_000;

/** @param clock milliseconds since 1970 */
export function replayMemoryInProcess(clock: () => number): ReplayMemory {
  const used = new Map<string, number>();
  let sweepAt = SWEEP_AFTER;

  function forgetExpired(): void {
    const now = clock();
    for (const [key, expires] of used) if (expires <= now) used.delete(key);
    sweepAt = Math.max(SWEEP_AFTER, 2 * used.size);
  }

  return {
    remember: async (issuer, jti, expires) => {
      const key = JSON.stringify([issuer, jti]);
      if (used.has(key)) return 'seen';
      used.set(key, expires);
      if (used.size > sweepAt) forgetExpired();
      return 'new';
    },
  };
}
