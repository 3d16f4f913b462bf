/** Files have the build of FHIR, so that everything after may rely on it: lists are lists, extensions have urls. */
import type { KnowledgeFile, Problem } from '../sources.ts';

const LISTS: ReadonlySet<string> = new Set([
  'action',
  'answerOption',
  'coding',
  'concept',
  'condition',
  'documentation',
  'element',
  'enableWhen',
  'entry',
  'extension',
  'filter',
  'group',
  'include',
  'item',
  'relatedArtifact',
  'trigger',
]);

/** What each entry of a list must have. */
const REQUIRED: Readonly<Record<string, string>> = { extension: 'url', item: 'linkId' };

type Fault = { element: string; reason: string };
const NONE: Fault[] = [];

/** Findings that make it pointless to read the files any further. */
export function malformedFiles(files: KnowledgeFile[]): Problem[] {
  return files.flatMap(({ file, resource }): Problem[] => {
    const isResource = isObject(resource) && typeof resource.resourceType === 'string';
    if (!isResource) return [{ file, element: 'file', reason: 'is no FHIR resource: it has no resourceType' }];
    // It is not read by the engine, and its `documentation` is words, not a list.
    if (resource.resourceType === 'OperationDefinition') return [];
    return malformed(resource).map((fault) => ({ file, ...fault }));
  });
}

/** Every object of every file comes by here at each start: nothing is built unless there is a fault. */
function malformed(node: object): Fault[] {
  let faults = NONE;
  for (const [name, held] of Object.entries(node)) {
    if (!isObject(held) && !LISTS.has(name)) continue;
    const found = LISTS.has(name) ? malformedList(name, held) : malformed(held);
    if (found.length > 0) faults = [...faults, ...found.map((fault) => within(name, fault))];
  }
  return faults;
}

function malformedList(name: string, held: unknown): Fault[] {
  if (!Array.isArray(held) || !held.every(isObject)) return [{ element: '', reason: 'is no list of elements' }];
  const key = REQUIRED[name];
  let faults = NONE;
  for (const [at, entry] of held.entries()) {
    const isNamed = key === undefined || (key in entry && typeof Reflect.get(entry, key) === 'string');
    const found = isNamed ? malformed(entry) : [{ element: '', reason: `has no ${key}` }];
    if (found.length > 0) faults = [...faults, ...found.map((fault) => within(`[${at}]`, fault))];
  }
  return faults;
}

/** A fault with the name of what holds it. */
function within(name: string, { element, reason }: Fault): Fault {
  return { element: element === '' || element.startsWith('[') ? `${name}${element}` : `${name}.${element}`, reason };
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
