/** Facts that are computed from other statements (spec B.1 "One answer may set another fact", B.2, B.5). */
import { milliseconds } from '../fhir/durations.ts';
import { extensionNamed, extensionNumber, extensionText } from '../fhir/extensions.ts';
import type { Extension } from '../fhir/types.ts';

/** Numbers of another fact compared in time, or the fact's own statements counted; durations in milliseconds. */
export type Derivation =
  /** Yes when the newest number lies at least `atLeast` above one within `within` before it. */
  | { kind: 'rise'; of: string; within: number; atLeast: number }
  /** The highest number within `within` before the newest, less the newest. */
  | { kind: 'fall'; of: string; within: number }
  /** The median of at least `atLeast` numbers within `within` before the one that holds now, less that one. */
  | { kind: 'fall-from-usual'; of: string; within: number; atLeast: number }
  /** The newest number divided by one that is `apart` older, give or take `tolerance`. */
  | { kind: 'pair-ratio'; of: string; apart: number; tolerance: number }
  /** Yes when the item's own sources speak at least `atLeast` times within `within`, each time `apart` later. */
  | { kind: 'count'; within: number; atLeast: number; apart: number };

/** Reads the `derivation` of an item; what is missing is for the lint to say. */
export function readDerivation(extension: Extension | undefined): Derivation | undefined {
  if (!extension) return undefined;
  const length = (name: string) => milliseconds(extensionNamed(extension, name)?.valueDuration) ?? 0;
  const limbs = {
    of: extensionText(extension, 'of') ?? '',
    within: length('within'),
    atLeast: extensionNumber(extension, 'at-least') ?? 0,
    apart: length('apart'),
    tolerance: length('tolerance'),
  };
  return { kind: extensionText(extension, 'kind') as Derivation['kind'], ...limbs };
}
