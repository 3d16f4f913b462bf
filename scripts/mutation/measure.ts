/** Mutants one at a time: which are noticed. */
import type { CaseRunner } from './case-runner.ts';
import type { Mutant } from './mutant.ts';

export type Score = { noticed: number; survivors: string[] };

/** Applies, runs and undoes each mutant. */
export function measure(mutants: Mutant[], runner: CaseRunner): Score {
  const survivors = mutants.filter((mutant) => runner.killerOf(mutant) === undefined).map(({ id }) => id);
  return { noticed: mutants.length - survivors.length, survivors };
}
