/** Whether memory grows: what is held after each round, against what was held once the process was warm. */
import type { Memory } from './watched-server.ts';

const MOST_GROWTH = 1.1;

/**
 * A leak adds to every round; a process that is still finding its size settles.
 * @param warm after the warm-up
 * @param rounds after each round of the same number of requests
 */
export function memoryFaults(warm: Memory, rounds: Memory[]): string[] {
  return (['held', 'resident'] as const).flatMap((kind) => {
    const last = rounds.at(-1)?.[kind] ?? warm[kind];
    return last > warm[kind] * MOST_GROWTH
      ? [`memory ${kind}: ${mib(warm[kind])} when warm, ${mib(last)} at the end`]
      : [];
  });
}

const mib = (size: number): string => `${size.toFixed(1)} MiB`;

/** One line for people. */
export function memoryLine(warm: Memory, rounds: Memory[]): string {
  const line = (kind: keyof Memory) =>
    `${kind} ${[warm, ...rounds].map((memory) => memory[kind].toFixed(1)).join(' -> ')} MiB`;
  return `${line('held')}; ${line('resident')}`;
}
