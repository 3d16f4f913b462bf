/** "I do otherwise, and this is why": the reasons are the card's own. */
import type { Coding } from 'fhir/r4';
import { element } from '../../shared/element.ts';

type Override = (code: string | undefined, comment: string) => Promise<string>;

let made = 0;

export function overrideForm(reasons: Coding[], override: Override, say: (text: string) => void): HTMLElement {
  made += 1;
  const [reasonId, commentId] = [`reason-${made}`, `comment-${made}`];
  const choice = element(
    'select',
    { id: reasonId },
    element('option', { value: '' }, 'No reason given'),
    ...reasons.map(({ code = '', display }) => element('option', { value: code }, display ?? code)),
  );
  const comment = element('input', { id: commentId, type: 'text', maxlength: '500', autocomplete: 'off' });
  const button = element('button', { type: 'submit', class: 'secondary' }, 'Override this card');
  const form = element(
    'form',
    {},
    element('label', { for: reasonId }, 'Reason'),
    choice,
    element('label', { for: commentId }, 'Comment (may be left out)'),
    comment,
    button,
  );
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    button.disabled = true;
    try {
      say(await override(choice.value || undefined, comment.value.trim()));
    } catch (error) {
      button.disabled = false;
      say(`The override was not sent. ${error instanceof Error ? error.message : ''}`);
    }
  });
  return element('details', { class: 'override' }, element('summary', {}, 'Not following this advice'), form);
}
