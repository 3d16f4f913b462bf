/** Sources of dating that disagree: added to the interval, or dropped and noted (spec B.2 `gestation`; ACOG CO 700). */
import { newestOfEachSource, timeOf } from './by-role.ts';
import type { DatingSource } from './dating-source.ts';
import { clamped, gapBetween, hull, type Interval, printGestation } from './gestation.ts';
import { DISCREPANCY_LIMITS, NOTED_DISCREPANCY, PRECISE_KINDS, SOURCE_NAMES } from './standard-codes.ts';

export type Comparison = {
  /** Sources that widen the interval. */
  added: DatingSource[];
  /** A newest source differs by more than the limit. */
  conflict: boolean;
  notes: string[];
};

/** Compares the best source with all others. */
export function compareSources(best: DatingSource, sources: DatingSource[]): Comparison {
  const current = new Set(newestOf(sources));
  const added: DatingSource[] = [];
  const notes = new Set<string>();
  let conflict = false;
  for (const other of sources) {
    if (other === best) continue;
    const gap = gapBetween(best.stated, other.stated);
    const limit = limitAt(Math.min(best.stated.min, other.stated.min));
    if (isTwin(best, other) || (!PRECISE_KINDS.has(best.kind) && current.has(other) && gap > limit)) added.push(other);
    if (gap <= Math.min(limit, NOTED_DISCREPANCY)) continue;
    const isConflict = gap > limit && current.has(other);
    conflict ||= isConflict;
    notes.add(disagreement(best, other, { isConflict, isAdded: added.includes(other) }));
  }
  return { added, conflict, notes: [...notes] };
}

/** Two records of one kind and time: nothing says which is right. */
function isTwin(best: DatingSource, other: DatingSource): boolean {
  return other.kind === best.kind && timeOf(other.candidate) === timeOf(best.candidate);
}

/** Without those that a newer record of the same kind and source replaces. */
function newestOf(sources: DatingSource[]): DatingSource[] {
  const kinds = [...new Set(sources.map(({ kind }) => kind))];
  return kinds.flatMap((kind) => {
    const ofKind = sources.filter((source) => source.kind === kind);
    const newest = new Set(newestOfEachSource(ofKind.map(({ candidate }) => candidate)));
    return ofKind.filter(({ candidate }) => newest.has(candidate));
  });
}

/** By how many days sources may differ: the stricter limit of the two gestations. */
function limitAt(days: number): number {
  return DISCREPANCY_LIMITS.find(({ upTo }) => days <= upTo)?.limit ?? 0;
}

function disagreement(
  best: DatingSource,
  other: DatingSource,
  { isConflict, isAdded }: { isConflict: boolean; isAdded: boolean },
): string {
  const isOlder = other.kind === best.kind && timeOf(other.candidate) < timeOf(best.candidate);
  const [used, unused] = [SOURCE_NAMES[best.kind], `${isOlder ? 'an older ' : ''}${SOURCE_NAMES[other.kind]}`];
  const outcome = isAdded
    ? `both count: ${print(hull([best.interval, other.interval]))}`
    : `the ${isOlder ? 'newer' : used} is used`;
  const warning = isConflict ? 'Dating conflict above the limit of ACOG CO 700: ' : '';
  return `${warning}${used} says ${print(best.stated)}, ${unused} says ${print(other.stated)}; ${outcome}`;
}

const print = (interval: Interval): string => printGestation(clamped(interval));
