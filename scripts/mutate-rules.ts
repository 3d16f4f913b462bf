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
// `2/3`: every third mutant from the second on, so that several processes share the work.
const [shard = 1, shards = 1] = (process.argv[3] ?? '').split('/').filter(Boolean).map(Number);
const all = mutantsOf(topic);
const mutants = all.mutants.filter(({ id }, at) => id.includes(wanted) && at % shards === shard - 1);
const started = performance.now();
const explained = JSON.parse(readFileSync(EXPLAINED, 'utf8')) as Record<string, string>;
const { noticed, survivors } = measure(mutants, await caseRunner(topic), (id) => {
  process.stdout.write(`survived  ${id}\n    ${explained[id] ?? 'NOT EXPLAINED'}\n`);
});
const score = noticed / mutants.length;

const gone = Object.keys(explained).filter((id) => wanted === '' && shards === 1 && !survivors.includes(id));
for (const id of gone) process.stdout.write(`explained, but noticed or no mutant  ${id}\n`);
process.stdout.write(
  `${mutants.length} mutants, ${noticed} noticed (${(score * 100).toFixed(1)} %), ` +
    `${survivors.length} survived, in ${((performance.now() - started) / 1000).toFixed(0)} s; ` +
    `left out: ${all.unread} of what nothing reads, ${all.same} that the gate alone proves to change nothing\n`,
);
const unexplained = survivors.filter((id) => !explained[id]);
if (score < WANTED || unexplained.length > 0 || gone.length > 0) process.exitCode = 1;
