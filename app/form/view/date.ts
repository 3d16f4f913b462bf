import { element } from '../../shared/element.ts';
import { fill, type Words } from '../words.ts';
import { latinDigits, spelled } from './digits.ts';
import { type Entry, type Field, type FieldInput, idOf } from './field.ts';
import { itemWords } from './spoken.ts';

type Part = 'day' | 'month' | 'year';
const PARTS: Part[] = ['day', 'month', 'year'];

/** Day, month and year apart; who does not know the day leaves it out (FHIR date: 2026-11). */
export function dateField({ item, values, words }: FieldInput): Field {
  const [year = '', month = '', day = ''] = typeof values[0] === 'string' ? values[0].split('-') : [];
  const given: Record<Part, string> = { day, month, year };
  const boxes = PARTS.map((part) => box(`${idOf(item)}-${part}`, part, given[part]));
  const hint = `${idOf(item)}-hint`;
  const made = element(
    'fieldset',
    { class: 'field', 'aria-describedby': hint },
    element('legend', {}, ...itemWords(item, words)),
    element(
      'p',
      { class: 'quiet', id: hint },
      fill(words.dateHint, { example: spelled('28 3 2026', words) }),
      ' ',
      words.bestGuess,
    ),
    element('div', { class: 'date' }, ...boxes.map((input, at) => labelled(input, words[PARTS[at] ?? 'day']))),
  );
  const read = () =>
    dateIn(
      boxes.map(({ value }) => latinDigits(value)),
      item.text ?? '',
      words,
    );
  return { item, element: made, focus: `${idOf(item)}-day`, read };
}

const box = (id: string, part: Part, value: string) =>
  element('input', {
    type: 'text',
    inputmode: 'numeric',
    autocomplete: 'off',
    id,
    value,
    maxlength: part === 'year' ? '4' : '2',
    class: part === 'year' ? 'short wide' : 'short',
  });

const labelled = (input: HTMLInputElement, text: string) => element('label', { for: input.id }, text, input);

function dateIn(written: string[], question: string, words: Words): Entry {
  const [day = '', month = '', year = ''] = written;
  if (day + month + year === '') return { values: [] };
  const date = `${year}-${month.padStart(2, '0')}${day === '' ? '' : `-${day.padStart(2, '0')}`}`;
  const isOne =
    /^(19|20)\d\d-\d\d(-\d\d)?$/.test(date) && exists(Number(year), Number(month), day === '' ? 1 : Number(day));
  return isOne ? { values: [date] } : { error: fill(words.errorDate, { question }) };
}

function exists(year: number, month: number, day: number): boolean {
  const at = new Date(Date.UTC(year, month - 1, day));
  return at.getUTCMonth() === month - 1 && at.getUTCDate() === day;
}
