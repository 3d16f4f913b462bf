/** Reads the knowledge files of a folder, checks them, compiles the topics. The only file of this folder with I/O. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ServiceError } from '../errors.ts';
import type { FhirResource } from '../fhir/types.ts';
import { checkKnowledge } from './lint/check-knowledge.ts';
import { apartPlainPlans } from './plain-plans.ts';
import type { KnowledgeFile, Problem } from './sources.ts';
import type { Topic } from './topic.ts';

/** Says that a folder is a FHIR package. */
const INDEX = '.index.json';
const FOLDERS = ['questionnaires', 'plan-definitions'];

/**
 * All JSON files of `questionnaires/` and `plan-definitions/`, or those of a FHIR package, as its index lists them.
 * @throws ServiceError `bad-knowledge`
 */
export function readKnowledgeFiles(directory: string): KnowledgeFile[] {
  if (existsSync(join(directory, INDEX))) return readPackage(directory);
  return FOLDERS.flatMap((folder) =>
    listed(join(directory, folder)).map((name) => readFile(join(directory, folder, name), `${folder}/${name}`)),
  );
}

/**
 * Compiles every topic of a folder.
 * @throws ServiceError `bad-knowledge`, with one line for each finding: file, element, reason
 */
export function loadTopics(directory: string): Topic[] {
  return compileKnowledge(readKnowledgeFiles(directory));
}

/** Compiles every topic of the given files. @throws ServiceError `bad-knowledge` */
export function compileKnowledge(files: KnowledgeFile[]): Topic[] {
  const { topics, problems } = checkKnowledge(files);
  if (problems.length > 0) throw new ServiceError('bad-knowledge', 'The knowledge is refused', problems.map(line));
  if (topics.length + apartPlainPlans(files).plainFiles.length === 0)
    throw new ServiceError('bad-knowledge', 'There is no PlanDefinition: nothing to serve');
  return topics;
}

/** A finding as one line. */
const line = ({ file, element, reason }: Problem): string => `${file}: ${element}: ${reason}`;

function listed(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .sort();
  } catch {
    throw new ServiceError('bad-knowledge', `The folder ${folder} could not be read`);
  }
}

function readPackage(directory: string): KnowledgeFile[] {
  const index = readJson(join(directory, INDEX), INDEX) as { files?: { filename?: unknown }[] } | null;
  const names = (index?.files ?? []).map(({ filename }) => String(filename));
  // An index names files of its own folder only.
  const outside = names.filter((name) => basename(name) !== name);
  if (outside.length > 0) throw new ServiceError('bad-knowledge', 'The package names files outside of it', outside);
  return names.sort().map((name) => readFile(join(directory, name), name));
}

const readFile = (path: string, file: string): KnowledgeFile => ({
  file,
  resource: readJson(path, file) as FhirResource,
});

function readJson(path: string, file: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'unknown failure';
    throw new ServiceError('bad-knowledge', 'The knowledge is refused', [`${file}: is no JSON: ${reason}`]);
  }
}
