/** A sample of the mutants of the plan against the clinical cases; `npm run mutate:rules` runs all of them. */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { type CaseRunner, caseRunner } from '../scripts/mutation/case-runner.ts';
import { measure, type Score } from '../scripts/mutation/measure.ts';
import type { Mutant } from '../scripts/mutation/mutant.ts';
import { mutantsOf } from '../scripts/mutation/mutants.ts';
import { loadTopics } from '../src/knowledge/load.ts';
import type { Topic } from '../src/knowledge/topic.ts';

const SAMPLE = 150;
/** Which of each run of neighbours is taken: every kind of mutant has its share. */
const SEED = 7;
const SLOW = 120_000;

const explained = JSON.parse(readFileSync('test/mutation/explained-survivors.json', 'utf8')) as Record<string, string>;

describe('when one thing in the plan is changed', () => {
  let runner: CaseRunner;
  let sample: Mutant[];
  let score: Score;

  beforeAll(async () => {
    const [topic] = loadTopics('.') as [Topic];
    const { mutants } = mutantsOf(topic);
    const stride = Math.floor(mutants.length / SAMPLE);
    sample = mutants.filter((_, at) => at % stride === SEED % stride);
    runner = await caseRunner(topic);
    score = measure(sample, runner);
  }, SLOW);

  test('then at least 95 % of the changes are noticed by a case', () => {
    expect(sample.length).toBeGreaterThanOrEqual(SAMPLE);
    expect(score.noticed / sample.length).toBeGreaterThanOrEqual(0.95);
  });

  test('then each change that is not noticed is explained', () => {
    expect(score.survivors.filter((id) => !explained[id])).toEqual([]);
  });

  test(
    'then the whole service notices what the short way does',
    async () => {
      const noticed = sample.filter(({ id }) => !score.survivors.includes(id)).filter((_, at) => at % 15 === 0);
      const missed = sample.filter(({ id }) => score.survivors.includes(id)).slice(0, 1);
      for (const mutant of [...noticed, ...missed]) {
        const killer = await runner.killerInFull(mutant);
        expect(`${mutant.id}: ${killer !== undefined}`).toBe(`${mutant.id}: ${noticed.includes(mutant)}`);
      }
    },
    SLOW,
  );
});
