/** The ratios that were accepted last, and whether new ones fall behind them (`npm run bench -- --check`). */
import { readFileSync, writeFileSync } from 'node:fs';

export const RATIOS = [
  // Service to bare server at sixteen connections: nobody authenticated, no audit.
  'requestsPerSecond',
  'cpu',
  'coldStart',
  'memory',
  // Requests a second with clients known by JWT, and with an audit, to the bare server.
  'jwt',
  'audit',
  // A call that reads everything from a FHIR server, to the slowest of its queries.
  'fallback',
  // A batch: memory of the largest population to that of the smallest; rate of two threads to that of one.
  'batchFlatness',
  'batchScaling',
] as const;

type RatioName = (typeof RATIOS)[number];
/** Both sides of each are of one run. Left out is what was not to be measured; NaN is what could not be measured. */
export type Ratios = Partial<Record<RatioName, number>>;

const FILE = 'bench/accepted.json';
/** Machines are noisy; what is worse by more than this is a change of ours. */
const TOLERANCE = 0.2;
/** When memory is given back is the collector's affair: the same build differs by a quarter from run to run. */
const MEMORY_TOLERANCE = 0.5;
/** Of these more is better, of the others less. */
const MORE_IS_BETTER: ReadonlySet<string> = new Set(['requestsPerSecond', 'jwt', 'audit', 'batchScaling']);

export const accepted = (): Ratios => JSON.parse(readFileSync(FILE, 'utf8')) as Ratios;

/** What was not measured this time stays as it was. @throws when a ratio could not be measured */
export function accept(ratios: Ratios): void {
  const text = JSON.stringify(merged(accepted(), ratios), (_, value) =>
    typeof value === 'number' ? Number(value.toFixed(3)) : value,
  );
  writeFileSync(FILE, `${JSON.stringify(JSON.parse(text), null, 2)}\n`);
}

/** @throws when one of the new ratios is no number */
export function merged(before: Ratios, now: Ratios): Ratios {
  const unmeasured = Object.entries(now).flatMap(([name, value]) => (Number.isFinite(value) ? [] : [name]));
  if (unmeasured.length > 0) throw new Error(`not accepted, could not be measured: ${unmeasured.join(', ')}`);
  return { ...before, ...now };
}

/** What has become worse by more than the tolerance, a line each. A ratio that could not be measured is worse. */
export function fallenBehind(now: Ratios, before: Ratios): string[] {
  return RATIOS.flatMap((name) => {
    const [is, was] = [now[name], before[name]];
    if (is === undefined || was === undefined) return [];
    const tolerance = name === 'memory' ? MEMORY_TOLERANCE : TOLERANCE;
    const limit = MORE_IS_BETTER.has(name) ? was * (1 - tolerance) : was * (1 + tolerance);
    const isGood = MORE_IS_BETTER.has(name) ? is >= limit : is <= limit;
    return isGood
      ? []
      : [`${name}: ${is.toFixed(2)}, accepted was ${was.toFixed(2)}, the limit is ${limit.toFixed(2)}`];
  });
}
