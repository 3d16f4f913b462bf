/** One table of drafts and the card that each brings. */
import { EXTENSION_NAME } from '../../src/cds-hooks/card.ts';
import { type Ask, requestOf } from './ask.ts';
import { table } from './markdown.ts';

const ORDERS: [string, string][] = [
  ['ibuprofen at 12+0', 'o01-12-weeks'],
  ['ibuprofen at 22+0', 'o01-22-weeks'],
  ['ibuprofen at 31+0', 'o01-31-weeks'],
  ['aspirin 81 mg a day', 'o05-81-mg'],
  ['a drug that is not recognised', 'o00-unknown-drug'],
];

export async function orderTable(ask: Ask): Promise<string> {
  const rows = await Promise.all(ORDERS.map(([draft, file]) => orderRow(ask, draft, file)));
  return table(['draft', 'card', 'summary', 'rule', 'first suggestion'], rows);
}

async function orderRow(ask: Ask, draft: string, file: string): Promise<string[]> {
  const { cards } = await ask.service.call(requestOf(ask, file, 'order-sign'), ask.topic.id);
  const [card] = cards;
  if (!card) return [draft, 'none: `"cards": []`', '–', '–', '–'];
  const [suggestion] = card.suggestions ?? [];
  const actions = suggestion?.actions.map((action) =>
    action.type === 'delete' ? `delete ${action.resourceId}` : `create ${action.resource.resourceType}`,
  );
  return [
    draft,
    card.indicator,
    card.summary,
    card.extension[EXTENSION_NAME].fired?.join(', ') ?? '–',
    suggestion ? `${suggestion.label} (${actions?.join(', ')})` : '–',
  ];
}
