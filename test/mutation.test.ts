/** A sample of the mutants of the plan against the clinical cases; `npm run mutate:rules` runs all of them. */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { type CaseRunner, caseRunner } from '../scripts/mutation/case-runner.ts';
import { measure, type Score } from '../scripts/mutation/measure.ts';
import { type KindOfMutant, mutantsOf } from '../scripts/mutation/mutants.ts';
import { sample } from '../scripts/mutation/sample.ts';
import { loadTopics } from '../src/knowledge/load.ts';
import type { Topic } from '../src/knowledge/topic.ts';

const SIZE = 120;
/** Fixed, so that a failure comes again; part of the names below, so that it is printed. */
const SEED = 20_261_126;
const SLOW = 120_000;

const explained = JSON.parse(readFileSync('test/mutation/explained-survivors.json', 'utf8')) as Record<string, string>;

describe(`when one thing in the plan is changed (${SIZE} changes drawn with seed ${SEED})`, () => {
  let runner: CaseRunner;
  let all: KindOfMutant[];
  let drawn: KindOfMutant[];
  let score: Score;

  beforeAll(async () => {
    const [topic] = loadTopics('.') as [Topic];
    all = mutantsOf(topic).mutants;
    drawn = sample(all, SIZE, SEED);
    runner = await caseRunner(topic);
    score = measure(drawn, runner);
  }, SLOW);

  test('then every kind of change was tried', () => {
    expect(drawn.length).toBeGreaterThanOrEqual(SIZE);
    expect(new Set(drawn.map(({ id }) => id)).size).toBe(drawn.length);
    expect([...new Set(drawn.map(({ kind }) => kind))]).toEqual([...new Set(all.map(({ kind }) => kind))]);
  });

  test('then at least 95 % of the changes are noticed by a case', () => {
    expect(score.noticed / drawn.length).toBeGreaterThanOrEqual(0.95);
  });

  test('then each change that is not noticed is explained', () => {
    expect(score.survivors.filter((id) => !explained[id])).toEqual([]);
  });

  test('then every explanation is of a change that can be made', () => {
    const ids = new Set(all.map(({ id }) => id));
    expect(Object.keys(explained).filter((id) => !ids.has(id))).toEqual([]);
  });

  test(
    'then the whole service notices what the short way does',
    async () => {
      const noticed = drawn.filter(({ id }) => !score.survivors.includes(id)).filter((_, at) => at % 15 === 0);
      const missed = drawn.filter(({ id }) => score.survivors.includes(id)).slice(0, 1);
      for (const mutant of [...noticed, ...missed]) {
        const killer = await runner.killerInFull(mutant);
        expect(`${mutant.id}: ${killer !== undefined}`).toBe(`${mutant.id}: ${noticed.includes(mutant)}`);
      }
    },
    SLOW,
  );
});
