/** What a clinical case got, beside what it expects (CONTRIBUTING.md "What is expected"). */
import { type CdsResponse, EXTENSION_NAME } from '../../src/cds-hooks/card.ts';
import type { ClinicalCase } from './case.ts';
import { orderDifferences } from './order-case.ts';

/** Every difference in words; none when the case passes. */
export function differences({ expect: wanted }: ClinicalCase, { cards }: CdsResponse): string[] {
  if (wanted.orderCards) return orderDifferences(cards, wanted.orderCards);
  const number = differs('cards', cards.length, wanted.cards ?? 1);
  const [card] = cards;
  if (!card || number.length > 0 || wanted.cards === 0) return number;
  const said = card.extension[EXTENSION_NAME];
  const text = `${card.summary}\n${card.detail}`;
  return [
    ...differs('level', said.level, wanted.level),
    ...differs('fired', sorted(said.fired), sorted(wanted.fired)),
    ...differs('open', sorted(said.open), sorted(wanted.open)),
    ...(wanted.notAsked ?? []).filter((name) => !said.notAsked?.includes(name)).map((name) => `${name} was asked`),
    ...(wanted.summary && !card.summary.includes(wanted.summary) ? [`the summary is: ${card.summary}`] : []),
    ...(wanted.indicator ? differs('indicator', card.indicator, wanted.indicator) : []),
    ...(wanted.says ?? []).filter((words) => !text.includes(words)).map((words) => `does not say: ${words}`),
    ...(wanted.silentOn ?? []).filter((words) => text.includes(words)).map((words) => `says: ${words}`),
  ];
}

function differs(what: string, got: unknown, wanted: unknown): string[] {
  const [is, should] = [JSON.stringify(got), JSON.stringify(wanted)];
  return is === should ? [] : [`${what}: ${is} instead of ${should}`];
}

const sorted = (texts: string[] | undefined): string[] => [...(texts ?? [])].sort();
