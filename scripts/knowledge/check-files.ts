/** The lint and full R4 validation of knowledge files, each finding with its file and line. */
import { isAbsolute } from 'node:path';
import type { FhirResource } from '../../src/fhir/types.ts';
import { checkKnowledge } from '../../src/knowledge/lint/check-knowledge.ts';
import { readKnowledgeFiles } from '../../src/knowledge/load.ts';
import type { KnowledgeFile } from '../../src/knowledge/sources.ts';
import { checkPlans } from '../../src/plan/compile-plans.ts';
import { spokenPath, textIn } from './author-fault.ts';
import { type JsonFault, linesByPath, type Place, placeOfElement } from './json-lines.ts';
import { validateR4 } from './validate-r4.ts';

/**
 * Checks files with the rest of the knowledge: a file takes the place of the one with its path, or with its resource.
 * Without any, everything is checked.
 * @returns `file:line:column: element: reason`; none when all is well
 * @throws AuthorFault for a file that cannot be read
 */
export function checkFiles(paths: string[], directory = '.'): string[] {
  const shipped = readKnowledgeFiles(directory);
  const given = paths.map((path) => read(spokenPath(directory, path), textIn(path)));
  const broken = given.flatMap((one) => ('fault' in one ? [one.fault] : []));
  if (broken.length > 0) return broken;
  const files = given.flatMap((one) => ('fault' in one ? [] : [one]));
  const others = shipped.filter((one) => !files.some((other) => isSame(one, other)));
  const all = [...others, ...files];
  // Files that have no build of FHIR are not looked at any further.
  const ofTopics = checkKnowledge(all).problems;
  const problems = ofTopics.length > 0 ? ofTopics : checkPlans(all).problems;
  const validated = files.length > 0 ? files : shipped;
  const texts = new Map<string, Text>();
  return [
    ...validated.flatMap(({ file, resource }) =>
      validateR4(resource)
        .filter(({ isError }) => isError)
        .map(({ path, reason }) => said(file, placeOfPath(textOf(file), path), path, `R4: ${reason}`)),
    ),
    ...problems.map(({ file, element, reason }) => {
      const { text, lines } = textOf(file);
      return said(file, placeOfElement(text, lines, element), element, reason);
    }),
  ];

  function textOf(file: string): Text {
    const known = texts.get(file);
    if (known) return known;
    const text = textIn(isAbsolute(file) ? file : `${directory}/${file}`);
    const read = { text, lines: linesByPath(text) };
    texts.set(file, read);
    return read;
  }
}

type Text = { text: string; lines: ReadonlyMap<string, Place> };

const said = (file: string, { line, column }: Place, element: string, reason: string): string =>
  `${file}:${line}:${column}: ${element}: ${reason}`;

function read(file: string, text: string): KnowledgeFile | { fault: string } {
  try {
    linesByPath(text);
    return { file, resource: JSON.parse(text) as FhirResource };
  } catch (error) {
    const { message, line = 1, column = 1 } = error as Partial<JsonFault>;
    return { fault: said(file, { line, column }, 'file', `is no JSON: ${message}`) };
  }
}

/** A path that is not there (something is missing) stands where its holder stands. */
function placeOfPath({ lines }: Text, path: string): Place {
  for (let place = path; place !== ''; place = place.replace(/(\.[^.[\]]+|\[\d+\]|^[^.[\]]+)$/, '')) {
    const found = lines.get(place);
    if (found !== undefined) return found;
  }
  return { line: 1, column: 1 };
}

function isSame(one: KnowledgeFile, other: KnowledgeFile): boolean {
  if (one.file === other.file) return true;
  const [a, b] = [one.resource, other.resource];
  return a.id !== undefined && a.resourceType === b.resourceType && a.id === b.id;
}
