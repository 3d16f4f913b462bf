/** Mutants one at a time: which are noticed, by which case. */
import type { CaseRunner } from './case-runner.ts';
import type { Mutant } from './mutant.ts';

export type Score = { killed: number; survivors: string[] };

/** Applies, runs and undoes each mutant. @throws Error when a case fails without any mutant */
export async function measure(mutants: Mutant[], runner: CaseRunner): Promise<Score> {
  const broken = await runner.firstFailure([]);
  if (broken) throw new Error(`${broken} fails without any mutant`);
  const score: Score = { killed: 0, survivors: [] };
  for (const { id, rules, apply } of mutants) {
    const undo = apply();
    const killer = await runner.firstFailure(rules);
    undo();
    if (killer === undefined) score.survivors.push(id);
    else score.killed += 1;
  }
  return score;
}
