/** One data element. */

import { conditionWords, fhirpath } from '../../src/explorer/words/condition-words.ts';
import { code } from '../../src/explorer/words/marks.ts';
import { namesReadBy } from '../../src/explorer/words/names-read.ts';
import { atomsOf } from '../../src/knowledge/condition.ts';
import type { FactDefinition } from '../../src/knowledge/fact-definition.ts';
import type { Topic } from '../../src/knowledge/topic.ts';
import type { CodeStatus } from './code-status.ts';
import { codeTable } from './code-table.ts';
import { itemLines } from './item-lines.ts';
import { blocks, points } from './markdown.ts';

/** @param readers rules by the name of what they read */
export function itemSection(fact: FactDefinition, topic: Topic, status: CodeStatus, readers: Readers): string {
  return blocks(
    `### ${code(fact.name)}: ${fact.label}`,
    `${fact.question}`,
    points([
      ...itemLines(fact),
      ...orderLines(fact),
      ...setByLines(fact, topic),
      ...closingLines(fact, topic),
      `read by rules: ${readers.get(fact.name)?.join(', ') ?? 'none'}${readByOthers(fact, topic)}`,
    ]),
    codeTable(fact, status),
  );
}

export type Readers = ReadonlyMap<string, string[]>;

/** Which rules read a name, also through derived facts, conditions of actions, and what is printed beside. */
export function readersOf({ allGroups }: Topic): Readers {
  const readers = new Map<string, string[]>();
  for (const rule of allGroups.flatMap(({ rules }) => rules)) {
    for (const name of namesReadBy(rule)) readers.set(name, [...(readers.get(name) ?? []), rule.id]);
  }
  return readers;
}

const orderLines = ({ orderSources }: FactDefinition): string[] =>
  orderSources.map(
    ({ part, valueSet }) =>
      `read from a draft order: ${code(part)}${valueSet ? ` in ${code(valueSet.split('/').at(-1) ?? '')}` : ''}`,
  );

const setByLines = (fact: FactDefinition, topic: Topic): string[] =>
  topic.setBy
    .filter((rule) => rule.fact.name === fact.name)
    .map(({ condition }) => `set to yes by: ${conditionWords(condition, topic)} (${code(fhirpath(condition))})`);

function closingLines(fact: FactDefinition, topic: Topic): string[] {
  const item = topic.closing.find((closing) => closing.fact.name === fact.name);
  if (!item) return [];
  const { when, closedBy } = item;
  return [
    ...when.map(
      (condition) => `must be answered when: ${conditionWords(condition, topic)} (${code(fhirpath(condition))})`,
    ),
    closedBy
      ? `closed by: ${conditionWords(closedBy, topic)} (${code(fhirpath(closedBy))})`
      : 'closed by: a negative or normal answer',
  ];
}

/** Closing conditions and automatic answers of other items. */
function readByOthers({ name }: FactDefinition, topic: Topic): string {
  const closing = topic.closing.filter(({ when, closedBy }) =>
    [...when, ...(closedBy ? [closedBy] : [])].flatMap(atomsOf).some(({ reads }) => reads.includes(name)),
  );
  const others = closing.map(({ fact }) => fact.name).filter((other) => other !== name);
  return others.length > 0 ? `; by closing conditions of: ${others.join(', ')}` : '';
}
