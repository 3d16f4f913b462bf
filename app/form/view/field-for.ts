/** One question: a native control for each item type that the forms use. */
import { element } from '../../shared/element.ts';
import { rangeOf } from '../model/item.ts';
import { choiceField } from './choice.ts';
import { dateField } from './date.ts';
import { type Field, type FieldInput, idOf } from './field.ts';
import { amountField, numberField, scaleField, textField } from './input.ts';
import { itemWords } from './spoken.ts';

/** So many numbers can be tapped; more are written. */
const MOST_TAPPED = 10;

export function fieldFor(input: FieldInput): Field {
  const { item } = input;
  switch (item.type) {
    case 'choice':
      return choiceField(input);
    case 'integer': {
      const { min, max } = rangeOf(item);
      const isShort = min !== undefined && max !== undefined && max - min <= MOST_TAPPED;
      return isShort ? scaleField(input, min, max) : numberField(input);
    }
    case 'decimal':
      return numberField(input);
    case 'quantity':
      return amountField(input);
    case 'date':
      return dateField(input);
    case 'string':
    case 'text':
      return textField(input);
    default:
      return unknownField(input);
  }
}

/** Said, and not left out: the person may ask what it is. */
function unknownField({ item, words }: FieldInput): Field {
  const id = idOf(item);
  const made = element('div', { id, class: 'field' }, element('p', {}, ...itemWords(item, words)), words.notShown);
  return { item, element: made, focus: id, read: () => ({ values: [] }) };
}
