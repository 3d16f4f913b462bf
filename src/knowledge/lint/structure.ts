/** Files have the build of FHIR, so that everything after may rely on it: lists are lists, extensions have urls. */
import type { KnowledgeFile, Problem } from '../sources.ts';
import { fieldsOf } from './parts.ts';
import { problems } from './subject.ts';

const LISTS = new Set([
  'action',
  'answerOption',
  'coding',
  'condition',
  'documentation',
  'enableWhen',
  'entry',
  'extension',
  'item',
  'relatedArtifact',
  'trigger',
]);

/** Findings that make it pointless to read the files any further. */
export function malformedFiles(files: KnowledgeFile[]): Problem[] {
  return files.flatMap(({ file, resource }) => {
    if (isObject(resource) && typeof resource.resourceType === 'string') return malformed(file, resource, '');
    return problems(file, 'file', ['is no FHIR resource: it has no resourceType']);
  });
}

function malformed(file: string, value: object, path: string): Problem[] {
  return [...fieldsOf(value)].flatMap(([name, held]) => {
    const element = `${path}${name}`;
    if (held === undefined) return [];
    if (!LISTS.has(name)) return isObject(held) ? malformed(file, held, `${element}.`) : [];
    if (!Array.isArray(held) || !held.every(isObject)) return problems(file, element, ['is no list of elements']);
    return held.flatMap((entry, at) => [
      ...problems(file, `${element}[${at}]`, wrongEntry(name, fieldsOf(entry))),
      ...malformed(file, entry, `${element}[${at}].`),
    ]);
  });
}

function wrongEntry(list: string, fields: Map<string, unknown>): string[] {
  const required = list === 'extension' ? 'url' : list === 'item' ? 'linkId' : undefined;
  return required && typeof fields.get(required) !== 'string' ? [`has no ${required}`] : [];
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
