/** When nothing fired: either the pathway does not apply, or something could not be read, and that is said. */
import { type Card, EXTENSION_NAME } from '../cds-hooks/card.ts';
import type { CardContext } from './card-context.ts';
import { escaped, plain } from './escape.ts';

type Input = Omit<CardContext, 'findings'>;

/** A card that says what could not be read, and so what was not done; none when everything was read. */
export function notAssessedCards(input: Input, undone = 'triage not done'): Card[] {
  const { unreadStatus, gates, evidence, failures } = input.decision;
  const out = gates.has('OUT');
  const unread = out ? unreadStatus : evidence.unread;
  if (unread.length === 0 && failures.length === 0) return [];
  const what = out ? 'pregnancy status could not be read' : 'data could not be read';
  return [
    notice(input, `${what}, ${undone}`, undone, [
      ...unread.map((type) => `Could not be read: ${escaped(type)}`),
      ...failures.map(({ expression }) => `Could not be evaluated: ${escaped(expression)}`),
      'This is not an all-clear: assess without this service, or call it again',
    ]),
  ];
}

/** A card that says how many drafts could not be read; outside the pathway nobody asks. */
export function unreadableOrders(input: Input, count: number): Card[] {
  if (count === 0 || input.decision.gates.has('OUT')) return [];
  const what = `${count} draft ${count === 1 ? 'order' : 'orders'} could not be read`;
  return [
    notice(input, what, 'draft orders not checked', [
      'Drafts that could not be read, or that are for somebody else',
      'This is not an all-clear: check these orders without this service',
    ]),
  ];
}

function notice({ topic, newUuid }: Input, what: string, undone: string, lines: string[]): Card {
  return {
    uuid: newUuid(),
    summary: plain(`Not assessed: ${what}`),
    detail: [
      `**${escaped(topic.title)}: ${undone}**`,
      '',
      ...lines.map((line) => `- ${line}`),
      `- Plan: ${escaped(topic.id)} ${escaped(topic.version)}`,
    ].join('\n'),
    indicator: 'info',
    source: { label: plain(topic.publisher), url: topic.url, ...(topic.coding && { topic: topic.coding }) },
    extension: { [EXTENSION_NAME]: { plan: `${topic.id}|${topic.version}`, confidential: false } },
  };
}
