/** What a clinical case got, beside what it expects (CONTRIBUTING.md "What is expected"). */
import { type Card, type CdsResponse, EXTENSION_NAME } from '../../src/cds-hooks/card.ts';
import type { ClinicalCase } from './case.ts';
import { orderDifferences } from './order-case.ts';

/** Every difference in words; none when the case passes. */
export function differences({ expect: wanted }: ClinicalCase, { cards: all }: CdsResponse): string[] {
  if (wanted.orderCards) return orderDifferences(all, wanted.orderCards);
  const cards = all.filter((card) => !isPrivate(card));
  const number = [...differs('cards', cards.length, wanted.cards ?? 1), ...inPrivate(all, wanted.private)];
  const [card] = cards;
  if (!card || number.length > 0 || wanted.cards === 0) return number;
  const said = card.extension[EXTENSION_NAME];
  const text = `${card.summary}\n${card.detail}`;
  return [
    ...differs('level', said.level, wanted.level),
    ...differs('fired', sorted(said.fired), sorted(wanted.fired)),
    ...differs('open', sorted(said.open), sorted(wanted.open)),
    ...differs('resolved', sorted(said.resolved), sorted(wanted.resolved)),
    ...(wanted.notAsked ?? []).filter((name) => !said.notAsked?.includes(name)).map((name) => `${name} was asked`),
    ...(wanted.summary && !card.summary.includes(wanted.summary) ? [`the summary is: ${card.summary}`] : []),
    ...(wanted.indicator ? differs('indicator', card.indicator, wanted.indicator) : []),
    ...(wanted.says ?? []).filter((words) => !text.includes(words)).map((words) => `does not say: ${words}`),
    ...(wanted.silentOn ?? []).filter((words) => text.includes(words)).map((words) => `says: ${words}`),
  ];
}

const isPrivate = (card: Card): boolean => card.extension[EXTENSION_NAME].confidential;

/** At most one private card, always; what it says, where the case tells it. Its rules stand in its detail only. */
function inPrivate(cards: Card[], wanted: ClinicalCase['expect']['private']): string[] {
  const [card, ...more] = cards.filter(isPrivate);
  if (more.length > 0) return [`${more.length + 1} private cards`];
  if (wanted === undefined) return [];
  const level = card?.extension[EXTENSION_NAME].level;
  if (typeof wanted === 'string') return differs('private', card ? (level ?? 'ask') : 'none', wanted);
  const text = `${card?.summary}\n${card?.detail}`;
  return [
    ...differs('private level', level, wanted.level),
    ...(wanted.fired ? differs('private rules', firedIn(text), wanted.fired.join(', ')) : []),
    ...(wanted.says ?? []).filter((words) => !text.includes(words)).map((words) => `does not say in private: ${words}`),
    ...(wanted.silentOn ?? []).filter((words) => text.includes(words)).map((words) => `says in private: ${words}`),
  ];
}

const firedIn = (text: string): string | undefined => /Rules fired: ([^;\n]*)/.exec(text)?.[1];

function differs(what: string, got: unknown, wanted: unknown): string[] {
  const [is, should] = [JSON.stringify(got), JSON.stringify(wanted)];
  return is === should ? [] : [`${what}: ${is} instead of ${should}`];
}

const sorted = (texts: string[] | undefined): string[] => [...(texts ?? [])].sort();
