/** Reads the knowledge files of a folder, checks them, compiles the topics. The only file of this folder with I/O. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ServiceError } from '../errors.ts';
import type { FhirResource } from '../fhir/types.ts';
import { checkKnowledge } from './lint/check-knowledge.ts';
import { apartPlainPlans } from './plain-plans.ts';
import type { KnowledgeFile, Problem } from './sources.ts';
import type { Topic } from './topic.ts';

const FOLDERS = ['questionnaires', 'plan-definitions'];

/** All JSON files of `questionnaires/` and `plan-definitions/`. @throws ServiceError `bad-knowledge` */
export function readKnowledgeFiles(directory: string): KnowledgeFile[] {
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

function readFile(path: string, file: string): KnowledgeFile {
  try {
    return { file, resource: JSON.parse(readFileSync(path, 'utf8')) as FhirResource };
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'unknown failure';
    throw new ServiceError('bad-knowledge', 'The knowledge is refused', [`${file}: is no JSON: ${reason}`]);
  }
}
