/** A small form that is closed at first, and says when what it does did not work. */
import { element } from '../../shared/element.ts';

/** @param fields label and field in turn */
export function foldedForm(
  id: string,
  title: string,
  fields: (string | HTMLElement)[],
  submit: () => Promise<void>,
): HTMLElement {
  const labelled = fields.map((field, at) => {
    const named = fields[at + 1];
    return typeof field === 'string'
      ? element('label', { for: named instanceof HTMLElement && named.id }, field)
      : field;
  });
  const problem = element('p', { role: 'alert', class: 'problem', hidden: true });
  const button = element('button', { type: 'submit', id: `${id}-submit` }, 'Write down');
  const made = element('form', {}, ...labelled, button, problem);
  made.addEventListener('submit', async (event) => {
    event.preventDefault();
    button.disabled = true;
    await submit().catch((error: unknown) => {
      problem.hidden = false;
      problem.textContent = `It was not written down. ${error instanceof Error ? error.message : ''}`;
    });
    button.disabled = false;
  });
  return element('details', { id: `${id}-form` }, element('summary', {}, title), made);
}
