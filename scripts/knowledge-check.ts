/** `npm run knowledge:check FILE...`: what is wrong with knowledge files, and where. Exit: 0 nothing, 1 findings, 2 not read. */
import { runForAuthor } from './knowledge/author-fault.ts';
import { checkFiles } from './knowledge/check-files.ts';

await runForAuthor(() => {
  const files = process.argv.slice(2);
  const findings = checkFiles(files);
  for (const finding of findings) process.stdout.write(`${finding}\n`);
  const what = files.length > 0 ? files.join(', ') : 'all knowledge files';
  process.stdout.write(findings.length > 0 ? `${findings.length} findings\n` : `nothing is wrong: ${what}\n`);
  return findings.length > 0 ? 1 : 0;
});
