/** What is wrong, at the top with links, and at each field. */
import { type Child, element } from '../../shared/element.ts';
import type { Words } from '../words.ts';
import type { Field } from './field.ts';

type Fault = { field: Field; error: Child[] };

export function errorSummary(faults: Fault[], words: Words): HTMLElement {
  return element(
    'section',
    { class: 'problem', role: 'alert', tabindex: '-1', 'aria-labelledby': 'problem' },
    element('h2', { id: 'problem' }, words.problem),
    element('ul', {}, ...faults.map(({ field, error }) => element('li', {}, linkTo(field.focus, error)))),
  );
}

/** Focus, and not only the view: a fragment would also change the address. */
function linkTo(id: string, text: Child[]): HTMLElement {
  const made = element('a', { href: `#${id}` }, ...text);
  made.addEventListener('click', (event) => {
    event.preventDefault();
    document.getElementById(id)?.focus();
  });
  return made;
}

/** Puts an error to a field, or takes it away. */
export function markError({ element: field, focus }: Field, error: Child[] | undefined, words: Words): void {
  const id = `${focus}-error`;
  document.getElementById(id)?.remove();
  const target = field.querySelector<HTMLElement>('input, select, textarea');
  field.classList.toggle('wrong', error !== undefined);
  if (error === undefined) {
    target?.removeAttribute('aria-invalid');
    target?.removeAttribute('aria-describedby');
    return;
  }
  const said = element('p', { id, class: 'error' }, element('strong', {}, words.errorPrefix), ' ', ...error);
  const heading = field.querySelector('legend, label.question');
  if (heading) heading.after(said);
  else field.prepend(said);
  target?.setAttribute('aria-invalid', 'true');
  target?.setAttribute('aria-describedby', id);
}
