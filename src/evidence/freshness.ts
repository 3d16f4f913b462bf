/** Staleness is asymmetric: a "yes" holds longer than a "no" (spec B.1). */
import type { InstantRange } from '../fhir/dates.ts';
import { MINUTE } from '../fhir/durations.ts';
import type { Candidate, SetAsideReason } from './fact.ts';

/** Clocks differ a little between systems (spec B.1 "Future-dated data"). */
const FUTURE_TOLERANCE = 5 * MINUTE;

/** The reason why a candidate does not hold now, or undefined when it does. */
export function notFresh(candidate: Candidate, now: number, inHospital: boolean): SetAsideReason | undefined {
  const { at, sign, fact } = candidate;
  const limit = windowOf(candidate, inHospital);
  if (!at) return sign === 'positive' || limit === undefined ? undefined : 'no-date';
  if (isFuture(at, now)) return 'future';
  if (limit === undefined) return undefined;
  // A partial date may mean any instant in it: a positive is as young, a negative as old as it can be.
  const age = now - (sign === 'positive' ? Math.min(at.to, now) : at.from);
  return age > limit && fact.kind !== 'date' ? 'stale' : undefined;
}

/** Whether something lies further ahead than clocks differ. */
export const isFuture = ({ from }: InstantRange, now: number): boolean => from > now + FUTURE_TOLERANCE;

/** Whether the negatives of a positive multiple choice still hold. */
export function negativesHold(candidate: Candidate, now: number, inHospital: boolean): boolean {
  return notFresh({ ...candidate, sign: 'negative' }, now, inHospital) === undefined;
}

function windowOf({ fact: { window }, sign, source, via }: Candidate, inHospital: boolean): number | undefined {
  // Its status says that it is so now; a source may have a window of its own.
  if (source === 'medication') return undefined;
  if (via?.holds !== undefined) return via.holds;
  if (sign === 'positive') return window.yes;
  if (sign === 'none') return window.value;
  return inHospital ? (window.noInHospital ?? window.no) : window.no;
}
