/** `npm run knowledge:check FILE...`: what is wrong with knowledge files, and on which line. */
import { checkFiles } from './knowledge/check-files.ts';

const files = process.argv.slice(2);
const findings = checkFiles(files);
for (const finding of findings) process.stdout.write(`${finding}\n`);
const what = files.length > 0 ? files.join(', ') : 'all knowledge files';
process.stdout.write(findings.length > 0 ? `${findings.length} findings\n` : `nothing is wrong: ${what}\n`);
if (findings.length > 0) process.exitCode = 1;
