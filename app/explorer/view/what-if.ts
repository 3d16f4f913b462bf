/** What if: any fact is supposed, and the engine of the service says what follows. */
import { element } from '../../shared/element.ts';
import { atFirst, denyTheRest, type Supposing, supposedOf } from '../model/supposed.ts';
import { type Plan, whatIf } from '../service.ts';
import { draftVerdicts } from './draft-verdicts.ts';
import { draftFields } from './drafts.ts';
import { factFields } from './facts.ts';
import { heatMapPanel } from './heat-map.ts';
import { setting } from './setting.ts';
import { verdicts } from './verdicts.ts';

const SETTLED_MS = 150;

export function whatIfForm(plan: Plan): HTMLElement {
  let supposing: Supposing = atFirst();
  let asks = 0;
  let timer = 0;
  const outcome = element('div', { class: 'outcome' });
  const map = heatMapPanel(plan, () => supposedOf(plan, supposing));
  const form = element('form', { class: 'suppose', 'aria-label': 'What is supposed' });
  form.addEventListener('submit', (event) => event.preventDefault());

  const decide = async () => {
    asks += 1;
    const mine = asks;
    const shown = await whatIf(supposedOf(plan, supposing)).then(
      (found) => {
        const outcome = verdicts(found, plan);
        outcome.append(...draftVerdicts(found.drafts, plan));
        return outcome;
      },
      (error: Error) => element('p', { role: 'alert' }, `The engine did not answer: ${error.message}`),
    );
    // An answer to what is no longer supposed is not shown.
    if (mine !== asks) return;
    const open = [...outcome.querySelectorAll('details[open]')].map(({ className }) => className);
    for (const name of open) shown.querySelector(`details.${name}`)?.setAttribute('open', '');
    outcome.replaceChildren(shown);
  };
  const changed = () => {
    map.outdated();
    clearTimeout(timer);
    timer = setTimeout(() => void decide(), SETTLED_MS);
  };
  const fill = () => {
    const anew = (change: () => void) => () => {
      change();
      fill();
      changed();
    };
    const deny = button(
      'Everything else asked: no',
      anew(() => denyTheRest(plan, supposing)),
    );
    const clear = button(
      'Forget everything',
      anew(() => {
        supposing = atFirst();
      }),
    );
    const buttons = element('div', { class: 'buttons' }, deny, clear);
    form.replaceChildren(
      setting(supposing, changed),
      draftFields(supposing, changed),
      buttons,
      factFields(plan, supposing, changed),
    );
  };
  fill();
  void decide();
  return element(
    'section',
    {},
    element('h1', { tabindex: '-1' }, 'What if'),
    element('p', { class: 'quiet' }, 'Of nobody: nothing is kept. What is not answered is unknown.'),
    element('div', { class: 'beside' }, form, outcome),
    map.panel,
  );
}

function button(text: string, press: () => void): HTMLElement {
  const made = element('button', { type: 'button', class: 'secondary' }, text);
  made.addEventListener('click', () => {
    press();
    // The form is drawn anew: the focus stays where it was.
    [...document.querySelectorAll<HTMLElement>('.buttons button')].find((one) => one.textContent === text)?.focus();
  });
  return made;
}
