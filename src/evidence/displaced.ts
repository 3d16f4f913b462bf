/** A newer answer that is no answer leaves the older "no" unknown (spec 0.2; B.1 Conflicts 2: the newest of each source). */
import type { Candidate, SetAside, SetAsideReason } from './fact.ts';
import { isFuture } from './freshness.ts';

/** Said, and of no use: not "nothing was said". */
const UNUSABLE: ReadonlySet<SetAsideReason> = new Set<SetAsideReason>([
  'not-sure',
  'absent',
  'text-only',
  'comparator',
  'no-unit',
  'unit-not-convertible',
  'not-plausible',
  'unmapped-value',
]);

/** Leaves out what is harmless and older than something unusable of the same source; a danger stands until it is denied. */
export function withoutDisplaced(candidates: Candidate[], setAside: SetAside[] | undefined, now: number): Candidate[] {
  const unusable = setAside?.filter((one) => isAnswered(one) && one.at && !isFuture(one.at, now)) ?? [];
  if (unusable.length === 0) return candidates;
  return candidates.filter((candidate) => isDanger(candidate) || !unusable.some((one) => replaces(one, candidate)));
}

/** An answer only: a measurement that cannot be read is named on the card, and changes nothing (security/bar D2). */
const isAnswered = ({ reason, source }: SetAside): boolean =>
  UNUSABLE.has(reason) && (source === 'answer' || source === 'clinician-answer');

function replaces(newer: SetAside, { source, by, at }: Candidate): boolean {
  return (
    newer.source === source && newer.by === by && newer.at !== undefined && at !== undefined && newer.at.to > at.to
  );
}

function isDanger({ sign, value, fact: { discriminating, role } }: Candidate): boolean {
  // Dating weighs its statements itself.
  if (sign === 'positive' || role !== undefined) return true;
  return typeof discriminating === 'number' && typeof value === 'number' && value >= discriminating;
}
