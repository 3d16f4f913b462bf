/** What every question on the page has in common. */
import type { Value } from '../model/answers.ts';
import type { Item } from '../model/item.ts';
import type { Words } from '../words.ts';

/** What stands in a field: answers, or what is wrong with it. */
export type Entry = { values: readonly Value[] } | { error: string };

export type Field = {
  item: Item;
  element: HTMLElement;
  /** Where an error leads to. */
  focus: string;
  read: () => Entry;
};

export type FieldInput = { item: Item; values: readonly Value[]; words: Words };

export const idOf = ({ linkId }: Item): string => `q-${linkId}`;
