/** `npm run mutate:rules`: every mutant of the plan against the clinical cases. Fails under 95 %, or when a survivor is not explained. */
import { readFileSync } from 'node:fs';
import { loadTopics } from '../src/knowledge/load.ts';
import { caseRunner } from './mutation/case-runner.ts';
import { measure } from './mutation/measure.ts';
import { mutantsOf } from './mutation/mutants.ts';

const WANTED = 0.95;
const EXPLAINED = 'test/mutation/explained-survivors.json';

const [topic] = loadTopics('.');
if (!topic) throw new Error('there is no topic');
const wanted = process.argv[2] ?? '';
const all = mutantsOf(topic);
const mutants = all.mutants.filter(({ id }) => id.includes(wanted));
const started = performance.now();
const { noticed, survivors } = measure(mutants, await caseRunner(topic));
const explained = JSON.parse(readFileSync(EXPLAINED, 'utf8')) as Record<string, string>;
const score = noticed / mutants.length;

for (const id of survivors) process.stdout.write(`survived  ${id}\n    ${explained[id] ?? 'NOT EXPLAINED'}\n`);
const gone = Object.keys(explained).filter((id) => wanted === '' && !survivors.includes(id));
for (const id of gone) process.stdout.write(`explained, but noticed or no mutant  ${id}\n`);
process.stdout.write(
  `${mutants.length} mutants, ${noticed} noticed (${(score * 100).toFixed(1)} %), ` +
    `${survivors.length} survived, in ${((performance.now() - started) / 1000).toFixed(0)} s; ` +
    `${all.unread} mutants of what nothing reads were left out\n`,
);
const unexplained = survivors.filter((id) => !explained[id]);
if (score < WANTED || unexplained.length > 0 || gone.length > 0) process.exitCode = 1;
