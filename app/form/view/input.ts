/** Numbers, amounts and free text. */
import { element } from '../../shared/element.ts';
import { type Item, rangeOf, unitsOf } from '../model/item.ts';
import { fill, type Words } from '../words.ts';
import { numberIn, spelled } from './digits.ts';
import { type Entry, type Field, type FieldInput, idOf } from './field.ts';
import { itemWords } from './spoken.ts';

/** A few whole numbers, each a button. */
export function scaleField({ item, values, words }: FieldInput, min: number, max: number): Field {
  const inputs = Array.from({ length: max - min + 1 }, (_, at) =>
    element('input', {
      type: 'radio',
      id: `${idOf(item)}-${at}`,
      name: item.linkId,
      value: String(min + at),
      checked: values[0] === min + at,
    }),
  );
  const rows = inputs.map((input) =>
    element('label', { class: 'option' }, input, element('span', {}, spelled(input.value, words))),
  );
  const made = element(
    'fieldset',
    { class: 'field' },
    element('legend', {}, ...itemWords(item, words)),
    element('div', { class: 'options scale' }, ...rows),
  );
  const read = () => ({ values: inputs.filter(({ checked }) => checked).map(({ value }) => Number(value)) });
  return { item, element: made, focus: `${idOf(item)}-0`, read };
}

export function numberField(input: FieldInput): Field {
  const { item, values, words } = input;
  const box = numberBox(item, typeof values[0] === 'number' ? values[0] : undefined);
  const made = element('div', { class: 'field' }, label(input), hint(item, words), box);
  return { item, element: made, focus: box.id, read: () => entryOf(box.value, item, words, (number) => number) };
}

/** A number and its unit; one unit is said, of several one is chosen. */
export function amountField(input: FieldInput): Field {
  const { item, values, words } = input;
  const [value] = values;
  const given = typeof value === 'object' ? value : undefined;
  const box = numberBox(item, given?.value);
  const units = unitsOf(item);
  const choice = element(
    'select',
    { id: `${box.id}-unit`, 'aria-label': words.unit },
    ...units.map(({ code, unit }) => element('option', { value: code, selected: code === given?.unit }, unit)),
  );
  const unit = units.length === 1 ? element('span', { class: 'unit' }, units[0]?.unit) : choice;
  const made = element(
    'div',
    { class: 'field' },
    label(input),
    hint(item, words),
    element('div', { class: 'amount' }, box, unit),
  );
  const read = () => entryOf(box.value, item, words, (number) => ({ value: number, unit: choice.value }));
  return { item, element: made, focus: box.id, read };
}

export function textField(input: FieldInput): Field {
  const { item, values } = input;
  const name = item.type === 'text' ? 'textarea' : 'input';
  const box = element(name, { id: idOf(item), name: item.linkId, maxlength: String(item.maxLength ?? 2000) });
  box.value = typeof values[0] === 'string' ? values[0] : '';
  const read = () => ({ values: box.value.trim() === '' ? [] : [box.value.trim()] });
  return { item, element: element('div', { class: 'field' }, label(input), box), focus: box.id, read };
}

const label = ({ item, words }: FieldInput) =>
  element('label', { for: idOf(item), class: 'question' }, ...itemWords(item, words));

function hint(item: Item, words: Words) {
  const { min, max } = rangeOf(item);
  if (min === undefined || max === undefined) return undefined;
  return element(
    'p',
    { class: 'quiet', id: `${idOf(item)}-hint` },
    fill(words.rangeHint, { min: spelled(min, words), max: spelled(max, words) }),
  );
}

const numberBox = (item: Item, value: number | undefined) =>
  element('input', {
    type: 'text',
    inputmode: item.type === 'integer' ? 'numeric' : 'decimal',
    autocomplete: 'off',
    id: idOf(item),
    name: item.linkId,
    class: 'short',
    ...(value !== undefined && { value: String(value) }),
  });

function entryOf<Held extends number | { value: number; unit: string }>(
  written: string,
  item: Item,
  words: Words,
  hold: (number: number) => Held,
): Entry {
  if (written.trim() === '') return { values: [] };
  const question = item.text ?? '';
  const number = numberIn(written);
  const { min, max } = rangeOf(item);
  const isInside = number !== undefined && number >= (min ?? -Infinity) && number <= (max ?? Infinity);
  if (!isInside) {
    const isBounded = min !== undefined && max !== undefined;
    return {
      error: fill(isBounded ? words.errorNumber : words.errorAnyNumber, {
        question,
        min: spelled(min ?? '', words),
        max: spelled(max ?? '', words),
      }),
    };
  }
  if (item.type === 'integer' && !Number.isInteger(number)) return { error: fill(words.errorWhole, { question }) };
  return { values: [hold(number)] };
}
