/** When nothing fired: either the pathway does not apply, or something could not be read, and that is said. */
import { type Card, EXTENSION_NAME } from '../cds-hooks/card.ts';
import type { CardContext } from './card-context.ts';
import { escaped, plain } from './escape.ts';

/** A card that says what could not be read; none when everything was read. */
export function notAssessedCards(
  { topic, decision, newUuid }: Omit<CardContext, 'findings'>,
  undone = 'triage not done',
): Card[] {
  const { unreadStatus, gates, evidence, failures } = decision;
  const out = gates.has('OUT');
  const unread = out ? unreadStatus : evidence.unread;
  if (unread.length === 0 && failures.length === 0) return [];
  const what = out ? 'pregnancy status could not be read' : 'data could not be read';
  return [
    {
      uuid: newUuid(),
      summary: plain(`Not assessed: ${what}, ${undone}`),
      detail: [
        `**${escaped(topic.title)}: ${undone}**`,
        '',
        ...unread.map((type) => `- Could not be read: ${escaped(type)}`),
        ...failures.map(({ expression }) => `- Could not be evaluated: ${escaped(expression)}`),
        '- This is not an all-clear: assess without this service, or call it again',
        `- Plan: ${escaped(topic.id)} ${escaped(topic.version)}`,
      ].join('\n'),
      indicator: 'info',
      source: { label: plain(topic.publisher), url: topic.url, ...(topic.coding && { topic: topic.coding }) },
      extension: { [EXTENSION_NAME]: { plan: `${topic.id}|${topic.version}`, confidential: false } },
    },
  ];
}

/** A card that says how many drafts could not be read; none when all were. Outside the pathway nobody asked for them. */
export function unreadableOrders({ topic, decision, newUuid }: Omit<CardContext, 'findings'>, count: number): Card[] {
  if (count === 0 || decision.gates.has('OUT')) return [];
  return [
    {
      uuid: newUuid(),
      summary: plain(`Not checked: ${count} draft ${count === 1 ? 'order' : 'orders'} could not be read`),
      detail: [
        `**${escaped(topic.title)}: draft orders not checked**`,
        '',
        `- ${count} in the list of drafts: no order that can be read, or an order for somebody else`,
        '- This is not an all-clear: check these orders without this service',
        `- Plan: ${escaped(topic.id)} ${escaped(topic.version)}`,
      ].join('\n'),
      indicator: 'info',
      source: { label: plain(topic.publisher), url: topic.url, ...(topic.coding && { topic: topic.coding }) },
      extension: { [EXTENSION_NAME]: { plan: `${topic.id}|${topic.version}`, confidential: false } },
    },
  ];
}
