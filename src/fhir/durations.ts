/** FHIR Durations as milliseconds. */
import type { Duration } from './types.ts';

const MILLISECONDS: Record<string, number> = {
  ms: 1,
  s: 1_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  wk: 7 * 86_400_000,
};

export const MINUTE = 60_000;
export const HOUR = 3_600_000;
export const DAY = 86_400_000;

/** Length in milliseconds, or undefined when the unit has no fixed length (`mo`, `a`) or is missing. */
export function milliseconds(duration: Duration | undefined): number | undefined {
  const unit = MILLISECONDS[duration?.code ?? ''];
  return unit === undefined || duration?.value === undefined ? undefined : unit * duration.value;
}
