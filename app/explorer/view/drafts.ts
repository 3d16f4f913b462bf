/** Draft orders that are supposed: added by name, taken away again. */
import { element } from '../../shared/element.ts';
import type { Supposing } from '../model/supposed.ts';
import type { SupposedDraft } from '../service.ts';

const KINDS: { kind: SupposedDraft['kind']; text: string }[] = [
  { kind: 'MedicationRequest', text: 'Drug' },
  { kind: 'ServiceRequest', text: 'Test, imaging or referral' },
];
/** As many as the service looks at. */
const MOST = 10;

export function draftFields(supposing: Supposing, changed: () => void): HTMLElement {
  const list = element('ul', { class: 'plain' });
  const kind = element('select', {}, ...KINDS.map(({ kind, text }) => element('option', { value: kind }, text)));
  const name = element('input', { type: 'text', maxlength: '200', autocomplete: 'off', 'data-draft': 'name' });
  const add = element('button', { type: 'button', class: 'secondary' }, 'Add the draft');
  const draw = () => {
    const { drafts } = supposing;
    add.disabled = drafts.length >= MOST;
    list.replaceChildren(
      ...drafts.map((draft) =>
        element(
          'li',
          {},
          `${draft.name} `,
          takeAway(draft.name, () => {
            drafts.splice(drafts.indexOf(draft), 1);
            draw();
            name.focus();
            changed();
          }),
        ),
      ),
    );
  };
  const take = () => {
    if (name.value.trim() === '' || add.disabled) return name.focus();
    const chosen = KINDS.find((one) => one.kind === kind.value) ?? KINDS[0];
    if (chosen) supposing.drafts.push({ kind: chosen.kind, name: name.value.trim() });
    name.value = '';
    draw();
    name.focus();
    changed();
  };
  add.addEventListener('click', take);
  name.addEventListener('keydown', ({ key }) => key === 'Enter' && take());
  draw();
  return element(
    'fieldset',
    { class: 'drafts' },
    element('legend', {}, 'Draft orders (known by their name)'),
    element('label', {}, 'Kind', kind),
    element('label', {}, 'Name, as in an order', name),
    add,
    list,
  );
}

function takeAway(name: string, press: () => void): HTMLElement {
  const button = element(
    'button',
    { type: 'button', class: 'outline', 'aria-label': `Take away ${name}` },
    'Take away',
  );
  button.addEventListener('click', press);
  return button;
}
