/** `npm run knowledge:explain CASE.json`: why a clinical case gets its level. */
import { explainCase } from './knowledge/explain-case.ts';

const [path, service] = process.argv.slice(2);
if (path === undefined) {
  process.stderr.write('usage: npm run knowledge:explain CASE.json [PLAN]\n');
  process.exitCode = 1;
} else process.stdout.write(`${(await explainCase(path, service)).join('\n')}\n`);
