/** Whether a finding was dealt with after what triggered it (spec E "Resolution evidence"). */
import type { Facts } from '../evidence/fact.ts';
import type { Resolution } from '../evidence/read-resolutions.ts';
import type { Atom } from '../knowledge/condition.ts';
import type { RuleResult } from './decision.ts';

/**
 * The assessment that settles a finding, if one is newer than everything the finding rests on.
 * A newer "no" needs none: the rule does not fire any more.
 * @param documented what was documented of this very finding, whatever its rule
 */
export function resolutionOf(
  { rule, because, raised }: RuleResult,
  facts: Facts,
  resolutions: ReadonlyMap<string, Resolution>,
  documented?: Resolution,
): Resolution | undefined {
  const resolution = newer(resolutions.get(rule.id), documented);
  if (!resolution) return undefined;
  const open = raised.flatMap(({ open: alternatives }) => alternatives.flatMap((a) => a.discriminating));
  return resolution.at > triggeredAt([...because, ...open], facts) ? resolution : undefined;
}

const newer = (one: Resolution | undefined, other: Resolution | undefined): Resolution | undefined =>
  one && other ? (one.at >= other.at ? one : other) : (one ?? other);

/** When the newest of the facts was true; what has no date, or rests on no fact, is true now, and nothing is newer. */
function triggeredAt(atoms: Atom[], facts: Facts): number {
  let newest: number | undefined;
  for (const { reads } of atoms) {
    for (const name of reads) {
      for (const { at } of facts.get(name)?.used ?? []) newest = Math.max(newest ?? 0, at?.to ?? Infinity);
    }
  }
  return newest ?? Number.POSITIVE_INFINITY;
}
