/** Some of the mutants, drawn by a seed: the same for the same plan, with a share of every kind. */
import { type Random, random } from '../fuzz/random.ts';
import type { KindOfMutant } from './mutants.ts';

/** So many of each kind at least, where it has them. */
const AT_LEAST = 6;

/** @returns about `size` mutants, those of a kind in the order in which they were drawn */
export function sample(mutants: KindOfMutant[], size: number, seed: number): KindOfMutant[] {
  const draw = random(seed);
  return [...new Set(mutants.map(({ kind }) => kind))].flatMap((wanted) => {
    const ofKind = mutants.filter(({ kind }) => kind === wanted);
    const share = Math.round((size * ofKind.length) / mutants.length);
    return drawn(ofKind, Math.max(share, AT_LEAST), draw);
  });
}

function drawn<T>(from: T[], count: number, { whole }: Random): T[] {
  const left = [...from];
  return Array.from({ length: Math.min(count, from.length) }, () => left.splice(whole(left.length), 1)[0] as T);
}
