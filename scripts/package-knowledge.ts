/** `npm run package:knowledge [FOLDER]`: the knowledge as a FHIR NPM package, in dist/knowledge-package and as .tgz. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileKnowledge, readKnowledgeFiles } from '../src/knowledge/load.ts';
import { compilePlans } from '../src/plan/compile-plans.ts';
import { fhirPackage } from './package/fhir-package.ts';
import { tgz } from './package/tar.ts';

const TARGET = 'dist/knowledge-package';

const files = readKnowledgeFiles(process.argv[2] ?? '.');
const topics = compileKnowledge(files);
// Knowledge that is refused is not handed on.
compilePlans(files);
const project = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string; license: string };
const identity = {
  name: 'pregnancy-back-pain-cds.knowledge',
  version: topics[0]?.version ?? project.version,
  description: topics[0]?.description ?? '',
  license: project.license,
};
const contents = fhirPackage(files, topics, identity);
rmSync(TARGET, { recursive: true, force: true });
mkdirSync(join(TARGET, 'package'), { recursive: true });
for (const { name, text } of contents) writeFileSync(join(TARGET, 'package', name), text);
const archive = join(TARGET, `${identity.name}-${identity.version}.tgz`);
writeFileSync(archive, tgz('package', contents));
process.stdout.write(`${contents.length - 2} resources: ${TARGET}/package and ${archive}\n`);
