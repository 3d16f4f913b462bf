/** A select with its label. */
import { element } from '../../shared/element.ts';

export type Option = { value: string; text: string };

/** @param any what the empty choice says @param fact name of the fact that it sets */
export function choice(
  label: string,
  any: string,
  options: Option[],
  changed: (value: string) => void,
  { chosen = '', fact }: { chosen?: string; fact?: string } = {},
): HTMLElement {
  const select = element(
    'select',
    { 'data-fact': fact },
    ...[{ value: '', text: any }, ...options].map(({ value, text }) =>
      element('option', { value, selected: value === chosen }, text),
    ),
  );
  select.addEventListener('change', () => changed(select.value));
  return element('label', {}, label, select);
}
