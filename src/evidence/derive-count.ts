/** How often something was stated within a window (spec B.3 `repeatContacts`). */
import type { Derivation } from '../knowledge/derivation.ts';
import type { Computed } from './computed.ts';
import type { Candidate } from './fact.ts';

type Count = Extract<Derivation, { kind: 'count' }>;

/** That something was said, whatever it was. */
export type Said = Pick<Candidate, 'reference' | 'at'>;

/**
 * Statements closer than `apart` are one: a form and the visit at which it was filled in.
 * @param complete everything that is counted could be read: only then too few is "no"
 */
export function countOf(
  { within, atLeast, apart }: Count,
  own: Said[],
  now: number,
  complete: boolean,
): Computed | undefined {
  const dated = own
    .flatMap((candidate) =>
      candidate.at ? [{ candidate, time: Math.min(candidate.at.to, now), from: candidate.at.from }] : [],
    )
    .filter(({ time, from }) => from <= now && time >= now - within)
    .sort((a, b) => a.time - b.time || (a.candidate.reference < b.candidate.reference ? -1 : 1));
  const counted: typeof dated = [];
  for (const entry of dated) {
    const last = counted.at(-1);
    if (!last || entry.time - last.time >= apart) counted.push(entry);
  }
  const enough = counted.length >= atLeast;
  if (!enough && !complete) return undefined;
  const from = counted.map(({ candidate }) => candidate);
  return { value: enough, recorded: `${counted.length} times`, at: enough ? (counted.at(-1)?.time ?? now) : now, from };
}
