/** `npm run knowledge:explain CASE.json [PLAN]`: why a clinical case gets its level. Exit: 0 explained, 2 not a case. */
import { AuthorFault, runForAuthor } from './knowledge/author-fault.ts';
import { explainCase } from './knowledge/explain-case.ts';

await runForAuthor(async () => {
  const [path, plan] = process.argv.slice(2);
  if (path === undefined) throw new AuthorFault('usage: npm run knowledge:explain CASE.json [PLAN]');
  process.stdout.write(`${(await explainCase(path, plan)).join('\n')}\n`);
  return 0;
});
