/** Mutants one at a time: which are noticed. */
import type { CaseRunner } from './case-runner.ts';
import type { Mutant } from './mutant.ts';

export type Score = { noticed: number; survivors: string[] };

/** Applies, runs and undoes each mutant. @param tell told of each survivor as it is found */
export function measure(mutants: Mutant[], runner: CaseRunner, tell: (id: string) => void = () => {}): Score {
  const survivors: string[] = [];
  for (const mutant of mutants) {
    if (runner.killerOf(mutant) !== undefined) continue;
    survivors.push(mutant.id);
    tell(mutant.id);
  }
  return { noticed: mutants.length - survivors.length, survivors };
}
