/** The ratios that were accepted last, and whether new ones fall behind them (`npm run bench -- --check`). */
import { readFileSync, writeFileSync } from 'node:fs';

/** Service to bare server, in one run at sixteen connections. */
export type Ratios = { requestsPerSecond: number; cpu: number; coldStart: number; memory: number };

const FILE = 'bench/accepted.json';
/** Machines are noisy; what is worse by more than this is a change of ours. */
const TOLERANCE = 0.2;
/** When memory is given back is the collector's affair: the same build differs by a quarter from run to run. */
const MEMORY_TOLERANCE = 0.5;
/** Of these more is better, of the others less. */
const MORE_IS_BETTER: ReadonlySet<string> = new Set(['requestsPerSecond']);

export const accept = (ratios: Ratios): void =>
  writeFileSync(
    FILE,
    `${JSON.stringify(ratios, (_, value) => (typeof value === 'number' ? Number(value.toFixed(3)) : value), 2)}\n`,
  );

export const accepted = (): Ratios => JSON.parse(readFileSync(FILE, 'utf8')) as Ratios;

/** What has become worse by more than a fifth, a line each. A ratio that could not be measured is worse. */
export function fallenBehind(now: Ratios, before: Ratios): string[] {
  return Object.entries(before).flatMap(([name, was]) => {
    const is = now[name as keyof Ratios];
    const tolerance = name === 'memory' ? MEMORY_TOLERANCE : TOLERANCE;
    const limit = MORE_IS_BETTER.has(name) ? was * (1 - tolerance) : was * (1 + tolerance);
    const isGood = MORE_IS_BETTER.has(name) ? is >= limit : is <= limit;
    return isGood
      ? []
      : [`${name}: ${is.toFixed(2)}, accepted was ${was.toFixed(2)}, the limit is ${limit.toFixed(2)}`];
  });
}
