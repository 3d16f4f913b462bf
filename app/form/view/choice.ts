import { element } from '../../shared/element.ts';
import { codeOf, type Item, isExclusive } from '../model/item.ts';
import { type Field, type FieldInput, idOf } from './field.ts';
import { itemWords, optionWords } from './spoken.ts';

/** Options side by side when there are so few. */
const FEW = 3;

/** Radio buttons, or check boxes of which some stand alone. */
export function choiceField({ item, values, words }: FieldInput): Field {
  const options = item.answerOption ?? [];
  const type = item.repeats ? 'checkbox' : 'radio';
  const inputs = options.map((option, at) =>
    element('input', {
      type,
      id: `${idOf(item)}-${at}`,
      name: item.linkId,
      value: codeOf(option),
      checked: values.includes(codeOf(option)),
    }),
  );
  const rows = options.map((option, at) =>
    element('label', { class: 'option' }, inputs[at], element('span', {}, ...optionWords(option, words))),
  );
  if (item.repeats) keepExclusive(item, inputs);
  const isShort = options.length <= FEW && !item.repeats;
  const made = element(
    'fieldset',
    { class: 'field' },
    element('legend', {}, ...itemWords(item, words)),
    !!item.repeats && element('p', { class: 'quiet' }, words.severalAnswers),
    element('div', { class: isShort ? 'options few' : 'options' }, ...rows),
  );
  const read = () => ({ values: inputs.filter(({ checked }) => checked).map(({ value }) => value) });
  return { item, element: made, focus: `${idOf(item)}-0`, read };
}

/** "None of these" takes the others away, and any other takes it away. */
function keepExclusive({ answerOption = [] }: Item, inputs: HTMLInputElement[]): void {
  const alone = new Set(inputs.filter((_, at) => answerOption[at] && isExclusive(answerOption[at])));
  for (const input of inputs) {
    input.addEventListener('change', () => {
      if (!input.checked) return;
      for (const other of inputs) {
        if (other !== input && (alone.has(input) || alone.has(other))) other.checked = false;
      }
    });
  }
}
