/** The terms by which parts of draft orders are recognised, with what their comments say of verification. */

import { code } from '../../src/explorer/words/marks.ts';
import { extensionText } from '../../src/fhir/extensions.ts';
import type { ConceptMap, ValueSet } from '../../src/fhir/types.ts';
import { systemName } from './code-status.ts';
import { blocks, table } from './markdown.ts';

/** A table for each ValueSet; names that are looked for in texts are listed below it. */
export function valueSetSection(set: ValueSet): string {
  const include = set.compose?.include ?? [];
  const coded = include.filter(({ system }) => !isNames(system));
  const rows = coded.flatMap(({ system, concept, filter }) => [
    ...(concept ?? []).map((one) => [systemName(system), code(one.code), one.display ?? '', commentOf(one)]),
    ...(filter ?? []).map(({ value }) => [
      systemName(system),
      `${code(value)} and what begins with it`,
      '',
      '**unverified**',
    ]),
  ]);
  const names = include.filter(({ system }) => isNames(system)).flatMap(({ concept }) => concept ?? []);
  return blocks(
    `### ${code(set.id ?? '')}: ${set.title}`,
    rows.length > 0
      ? table(['system', 'code', 'display', 'status'], rows)
      : 'No code: names only, or codes of the site.',
    names.length > 0 ? `Names in texts: ${names.map((name) => name.code).join(', ')}` : undefined,
  );
}

const isNames = (system: string | undefined): boolean => system?.endsWith('/CodeSystem/name-in-text') ?? false;

const commentOf = (concept: Parameters<typeof extensionText>[0]): string =>
  extensionText(concept, 'valueset-concept-comments') ?? '**unverified**';

/** Products, substances and names, and the ingredients that they stand for. */
export const conceptMapSection = (map: ConceptMap): string =>
  blocks(
    `### ${code(map.id ?? '')}: ${map.title}`,
    table(
      ['system', 'code or name', 'display', 'stands for', 'status'],
      (map.group ?? []).flatMap(({ source, element }) =>
        element.map(({ code: from = '', display = '', target = [] }) => [
          systemName(source),
          code(from),
          display,
          target.map((to) => to.display ?? to.code ?? 'more than is named here').join(', '),
          isNames(source)
            ? 'name'
            : [...new Set(target.flatMap(({ comment }) => comment ?? []))].join('; ') || '**unverified**',
        ]),
      ),
    ),
  );
