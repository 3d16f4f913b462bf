/** Facts: class, label, unit, windows, and what holds when they are unknown. */
import { add, type Base, define, extension, ofItem, put, refuses, remove } from './base.ts';

const limb = (base: Base, linkId: string, name: string, url: string) =>
  extension(extension(base.item(linkId), name), url);

refuses([
  ofItem('place', 'a fact has no class', ({ item }) => remove(item('place'), 'fact-class'), /no `fact-class`/),
  ofItem('place', 'a fact has no label', ({ item }) => remove(item('place'), 'fact-label'), /no `fact-label`/),
  ofItem('place', 'a fact has no question', ({ item }) => put(item('place'), 'text', undefined), /no text/),
  ofItem(
    'pulse',
    'a quantity has no unit',
    ({ item }) => remove(item('pulse'), 'questionnaire-unitOption'),
    /no `questionnaire-unitOption`/,
  ),
  ofItem(
    'pulse',
    'a unit is offered that cannot be converted',
    ({ item }) =>
      add(item('pulse'), 'questionnaire-unitOption', {
        valueCoding: { system: 'http://unitsofmeasure.org', code: 'Cel', display: 'Cel' },
      }),
    /'Cel' is offered but cannot be converted/,
    ({ item }) =>
      add(item('pulse'), 'questionnaire-unitOption', {
        valueCoding: { system: 'http://unitsofmeasure.org', code: 'Hz', display: 'Hz' },
      }),
  ),
  ofItem('strength', 'a number repeats', ({ item }) => put(item('strength'), 'repeats', true), /`repeats`/),
  ofItem('headache', 'a yes/no question repeats', ({ item }) => put(item('headache'), 'repeats', true), /`repeats`/),
  ofItem(
    'bleedDx',
    'a boolean is asked',
    ({ item }) =>
      Object.assign(item('bleedDx'), { readOnly: false, extension: item('bleedDx').extension?.slice(0, 3) }),
    /"not sure"/,
  ),
  ofItem(
    'place',
    'an item that is asked is hidden',
    ({ item }) => add(item('place'), 'questionnaire-hidden', { valueBoolean: true }),
    /nobody can answer it/,
    ({ item }) => {
      add(item('place'), 'questionnaire-hidden', { valueBoolean: true });
      put(item('place'), 'readOnly', true);
    },
  ),
  ofItem(
    'place',
    'a choice is set to yes',
    ({ item }) => add(item('place'), 'set-by', extension(item('confused'), 'set-by')),
    /no yes\/no/,
  ),
  ofItem(
    'migraine',
    'a window has no fixed length',
    (base) => put(limb(base, 'migraine', 'fact-window', 'no').valueDuration ?? {}, 'code', 'a'),
    /`fact-window.no` has no fixed length/,
  ),
  ofItem(
    'head-today',
    'a default window has none',
    ({ form }) => put(extension(extension(form, 'fact-window'), 'no').valueDuration ?? {}, 'code', 'mo'),
    /`fact-window.no` has no fixed length/,
  ),
  ofItem(
    'strength',
    'the value when unknown is of another kind',
    ({ item }) => add(item('strength'), 'value-when-unknown', { valueBoolean: false }),
    /does not fit a number/,
    ({ item }) => add(item('strength'), 'value-when-unknown', { valueDecimal: 0 }),
  ),
  ofItem(
    'pulse',
    'the value when unknown has another unit',
    ({ item }) =>
      add(item('pulse'), 'value-when-unknown', {
        valueQuantity: { value: 80, system: 'http://unitsofmeasure.org', code: 'Cel' },
      }),
    /does not fit a quantity/,
    ({ item }) =>
      add(item('pulse'), 'value-when-unknown', {
        valueQuantity: { value: 80, system: 'http://unitsofmeasure.org', code: '/min' },
      }),
  ),
  {
    name: 'when a date is read then it is refused; a date without role may stand there unread',
    break: ({ plan }) => define(plan, 'seen', '%glassesDate.exists()'),
    refused: { element: 'seen', reason: /cannot read dates/ },
    repair: ({ plan }) => define(plan, 'seen', '%pulse.exists()'),
  },
]);
