/** The codes by which a chart states a fact. */

import { length } from '../../src/explorer/words/durations.ts';
import { code } from '../../src/explorer/words/marks.ts';
import type { Coding } from '../../src/fhir/types.ts';
import type { FactDefinition, FactSource } from '../../src/knowledge/fact-definition.ts';
import { type CodeStatus, systemName } from './code-status.ts';
import { table } from './markdown.ts';

export type ShippedCode = { coding: Coding; begins: boolean; source: FactSource };

/** All codes of a fact, panels and beginnings included. */
export const codesOf = ({ sources }: FactDefinition): ShippedCode[] =>
  sources.flatMap((source) => [
    ...[...source.codes, ...source.panels].map((coding) => ({ coding, begins: false, source })),
    ...source.prefixes.map((coding) => ({ coding, begins: true, source })),
  ]);

/** One row for each code; nothing for none. */
export function codeTable(fact: FactDefinition, status: CodeStatus): string | undefined {
  const rows = codesOf(fact).map(({ coding, begins, source }) => [
    source.resource,
    systemName(coding.system),
    `${code(coding.code ?? '')}${begins ? ' and what begins with it' : ''}`,
    coding.display ?? '',
    readAs(coding, source),
    status(coding),
  ]);
  const values = fact.sources.flatMap(({ map, resource }) =>
    [...map].map(([key, to]) => valueRow(resource, key, to, status)),
  );
  const all = [...rows, ...values];
  return all.length > 0 ? table(['read from', 'system', 'code', 'display', 'read as', 'status'], all) : undefined;
}

function readAs(coding: Coding, source: FactSource): string {
  const { value, history, resolved, holds, heldFor, onsetWithin, part, panels } = source;
  if (panels.includes(coding)) return 'panel: its components';
  return [
    value ? `option ${code(value)}` : source.resource === 'Observation' ? 'its value' : 'yes',
    history && 'past ones too',
    resolved && 'only when it is over',
    holds !== undefined && `holds ${length(holds)}`,
    heldFor !== undefined && `taken for at least ${length(heldFor)}`,
    onsetWithin !== undefined && `onset within ${length(onsetWithin)}`,
    part && `the part ${part}`,
  ]
    .filter(Boolean)
    .join(', ');
}

function valueRow(resource: string, key: string, to: string, status: CodeStatus): string[] {
  const [system = '', value = ''] = key.split('|');
  return [
    `${resource}, value`,
    systemName(system),
    code(value),
    '',
    `option ${code(to)}`,
    status({ system, code: value }),
  ];
}
