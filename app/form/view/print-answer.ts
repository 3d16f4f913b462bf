/** An answer in words, for the review and for what the record says. */
import { type Child, element } from '../../shared/element.ts';
import type { Value } from '../model/answers.ts';
import { codeOf, type Item, unitsOf } from '../model/item.ts';
import type { Words } from '../words.ts';
import { spelled } from './digits.ts';
import { optionWords } from './spoken.ts';

export function answerWords(item: Item, values: readonly Value[], words: Words, lang: string): Child[] {
  return values.flatMap((value, at): Child[] => [...(at > 0 ? [', '] : []), ...oneInWords(item, value, words, lang)]);
}

function oneInWords(item: Item, value: Value, words: Words, lang: string): Child[] {
  if (typeof value === 'object') {
    const unit = unitsOf(item).find(({ code }) => code === value.unit)?.unit ?? value.unit;
    return [`${spelled(value.value, words)} ${unit}`];
  }
  if (item.type === 'date') return [element('span', { dir: 'auto' }, printDate(String(value), lang))];
  const option = item.answerOption?.find((one) => codeOf(one) === value);
  if (option) return optionWords(option, words);
  return [typeof value === 'number' ? spelled(value, words) : String(value)];
}

/** A date or an instant; the Gregorian calendar, as it is asked for. */
export function printDate(date: string, lang: string): string {
  const [year = 0, month, day] = date.slice(0, 10).split('-').map(Number);
  if (month === undefined) return String(year);
  const options: Intl.DateTimeFormatOptions = { year: 'numeric', month: 'long', timeZone: 'UTC', calendar: 'gregory' };
  const format = new Intl.DateTimeFormat(lang, day === undefined ? options : { ...options, day: 'numeric' });
  return format.format(Date.UTC(year, month - 1, day ?? 1));
}
