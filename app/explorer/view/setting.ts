/** Gestation, and where the contact takes place. */
import { element } from '../../shared/element.ts';
import type { Supposing } from '../model/supposed.ts';

/** The last week that the service counts. */
const LAST_WEEK = '43';

export function setting(supposing: Supposing, changed: () => void): HTMLElement {
  const weeks = number(supposing.weeks, LAST_WEEK, (value) => {
    supposing.weeks = value;
    changed();
  });
  const days = number(supposing.days, '6', (value) => {
    supposing.days = value ?? 0;
    changed();
  });
  const faceToFace = element('input', { type: 'checkbox', checked: supposing.faceToFace });
  faceToFace.addEventListener('change', () => {
    supposing.faceToFace = faceToFace.checked;
    changed();
  });
  return element(
    'fieldset',
    { class: 'setting' },
    element('legend', {}, 'Gestation (empty = not known)'),
    element('label', {}, 'Weeks', weeks),
    element('label', {}, 'Days', days),
    element('label', {}, faceToFace, 'face to face'),
  );
}

function number(value: number | undefined, max: string, set: (value: number | undefined) => void): HTMLInputElement {
  const text = value === undefined ? '' : `${value}`;
  const input = element('input', { type: 'number', min: '0', max, step: '1', value: text, inputmode: 'numeric' });
  input.addEventListener('input', () => {
    if (input.checkValidity()) set(input.value === '' ? undefined : Number(input.value));
  });
  return input;
}
