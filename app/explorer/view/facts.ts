/** A field for each fact, by form; a search finds them. */
import { element } from '../../shared/element.ts';
import { answerIn, type Supposing, textOf } from '../model/supposed.ts';
import type { Fact, Plan } from '../service.ts';
import { choice } from './choice.ts';

export function factFields({ facts }: Plan, supposing: Supposing, changed: () => void): HTMLElement {
  const forms = [...new Set(facts.map(({ form }) => form))];
  const fields = facts.map((fact) => ({ fact, field: fieldFor(fact, supposing, changed) }));
  const search = element('input', { type: 'search', autocomplete: 'off' });
  const groups = forms.map((form, at) => {
    const own = fields.filter(({ fact }) => fact.form === form).map(({ field }) => field);
    return element(
      'details',
      { open: at === 0 },
      element('summary', {}, form),
      element('div', { class: 'facts' }, ...own),
    );
  });
  search.addEventListener('input', () => {
    const wanted = search.value.toLowerCase();
    for (const { fact, field } of fields) {
      field.hidden = !`${fact.label} ${fact.question} ${fact.name}`.toLowerCase().includes(wanted);
    }
    for (const group of groups) {
      group.hidden = group.querySelector('.facts > :not([hidden])') === null;
      if (wanted !== '') group.open = true;
    }
  });
  return element('div', {}, element('label', {}, 'Find a fact', search), ...groups);
}

function fieldFor(fact: Fact, supposing: Supposing, changed: () => void): HTMLElement {
  const set = (text: string) => {
    const answer = answerIn(fact, text);
    if (answer === undefined) supposing.facts.delete(fact.name);
    else supposing.facts.set(fact.name, answer);
    changed();
  };
  if (fact.kind === 'choices') return ticked(fact, supposing, changed);
  const text = textOf(supposing.facts.get(fact.name));
  const label = `${fact.label}${fact.confidential ? ' (private)' : ''}`;
  if (fact.options.length > 0) {
    const options = fact.options.map(({ code, display }) => ({ value: code, text: display }));
    return choice(label, 'unknown', options, set, { chosen: text, fact: fact.name });
  }
  if (fact.kind === 'boolean') return choice(label, 'unknown', YES_OR_NO, set, { chosen: text, fact: fact.name });
  return typed(fact, label, text, set);
}

/** Several may hold at once; none ticked = unknown. */
function ticked({ name, label, options }: Fact, { facts }: Supposing, changed: () => void): HTMLElement {
  const chosen = new Set([facts.get(name) ?? []].flat().map(String));
  const boxes = options.map(({ code, display }) => {
    const box = element('input', { type: 'checkbox', checked: chosen.has(code) });
    box.addEventListener('change', () => {
      if (box.checked) chosen.add(code);
      else chosen.delete(code);
      if (chosen.size > 0) facts.set(name, [...chosen]);
      else facts.delete(name);
      changed();
    });
    return element('label', {}, box, display);
  });
  return element('fieldset', {}, element('legend', {}, label), ...boxes);
}

const YES_OR_NO = [
  { value: 'true', text: 'yes' },
  { value: 'false', text: 'no' },
];

/** A number or a date. What the service would find implausible may be supposed: it says so. */
function typed({ kind, unit, min, max }: Fact, label: string, text: string, set: (text: string) => void): HTMLElement {
  const isDate = kind === 'date';
  const input = element('input', { type: isDate ? 'date' : 'number', step: isDate ? undefined : 'any', value: text });
  input.addEventListener('input', () => {
    if (!input.validity.badInput) set(input.value);
  });
  const range = min !== undefined && max !== undefined ? `, ${min} to ${max}` : '';
  return element('label', {}, `${label}${unit ? `, ${unit}` : ''}${range}`, input);
}
