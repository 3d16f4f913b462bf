/** `docs/clinical/data-elements.md`: every item, and how far its codes are verified. */

import { code } from '../../src/explorer/words/marks.ts';
import type { Catalogue } from '../../src/knowledge/sources.ts';
import type { Topic } from '../../src/knowledge/topic.ts';
import { codeStatus, systemName, type VerifiedCodes } from './code-status.ts';
import { codesOf } from './code-table.ts';
import { itemSection, readersOf } from './item-section.ts';
import { blocks, GENERATED, NOT_APPROVED, type Page, table } from './markdown.ts';
import { conceptMapSection, valueSetSection } from './order-terms.ts';

export function dataElements(topic: Topic, catalogue: Catalogue, verified: VerifiedCodes): Page {
  const status = codeStatus(verified);
  const readers = readersOf(topic);
  const sections = topic.questionnaires.flatMap(({ url, title, version }) => [
    `## ${title} (${version})`,
    ...[...topic.facts, ...topic.orderFacts]
      .filter(({ questionnaire }) => questionnaire === url)
      .map((fact) => itemSection(fact, topic, status, readers)),
  ]);
  const text = blocks(
    GENERATED,
    '# Data elements',
    `${topic.title}, plan ${code(`${topic.id}|${topic.version}`)}.`,
    NOT_APPROVED,
    INTRODUCTION,
    `**What "verified" means here**: ${verified.basis} Everything else is unverified. Displays are plain words of this project, not the preferred terms of the code systems.`,
    '## Codes that are not verified',
    unverifiedTable(topic, verified),
    ...sections,
    '## Terms of draft orders',
    ...[...catalogue.valueSets.values()].map(valueSetSection),
    ...[...catalogue.conceptMaps.values()].map(conceptMapSection),
  );
  return { path: 'docs/clinical/data-elements.md', text };
}

const INTRODUCTION = `A data element is a value or unknown. *Holds* says how long a statement counts; then the element is unknown again, never "no". An item that *must be answered* leaves the triage incomplete while it has no answer. How sources are combined is described in [knowledge-format.md](../knowledge-format.md).`;

function unverifiedTable(topic: Topic, verified: VerifiedCodes): string {
  const status = codeStatus(verified);
  const facts = topic.facts.flatMap((fact) => codesOf(fact).map((shipped) => ({ fact, ...shipped })));
  const rows = new Map<string, string[]>();
  for (const { fact, coding } of facts.filter((shipped) => status(shipped.coding) === '**unverified**')) {
    const key = `${systemName(coding.system)}|${coding.code}|${coding.display ?? ''}`;
    rows.set(key, [...new Set([...(rows.get(key) ?? []), fact.name])]);
  }
  const listed = [...rows].sort(([a], [b]) => (a < b ? -1 : 1));
  return blocks(
    'Codes of coded values (answers of laboratory systems, levels of consciousness) and terms of draft orders are marked where they stand below.',
    table(
      ['system', 'code', 'display', 'items'],
      listed.map(([key, items]) => [...key.split('|'), items.join(', ')]),
    ),
  );
}
