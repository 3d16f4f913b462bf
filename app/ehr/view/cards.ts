/** What a moment of care brought. Silence and failure are never worded as "all clear". */
import { element } from '../../shared/element.ts';
import type { Moment } from '../moments.ts';
import type { Call } from '../wire/call-hook.ts';
import type { Card } from '../wire/card.ts';
import { type CardActions, renderCard } from './card.ts';
import { printMs } from './print.ts';

export const cardsWaiting = (title: string): HTMLElement =>
  element('p', { role: 'status', 'aria-busy': 'true' }, `${title}: the service is asked…`);

export function cardsFailed({ title }: Moment, error: unknown): HTMLElement {
  const why = error instanceof Error ? error.message : '';
  return element(
    'p',
    { role: 'alert', class: 'problem' },
    `${title}: no advice could be given. This is not an all-clear. ${why}`,
  );
}

export function cardsOf(call: Call, moment: Moment, actionsOn: (card: Card) => CardActions): HTMLElement {
  const { cards, hook, unread, prefetchMs, serviceMs } = call;
  const count = cards.length === 1 ? '1 card' : `${cards.length} cards`;
  const words = cards.length === 0 ? 'no card. The pathway does not apply, or there is nothing to say.' : `${count}.`;
  return element(
    'div',
    {},
    element('p', { role: 'status' }, element('strong', {}, moment.title), `: ${words}`),
    unread.length > 0 && element('p', { class: 'problem' }, `Could not be read: ${unread.join(', ')}.`),
    element('p', { class: 'quiet' }, `${hook}: record read in ${printMs(prefetchMs)}, service ${printMs(serviceMs)}`),
    ...cards.map((card, at) => renderCard(card, at, actionsOn(card))),
    moment.next && nextStep(moment.next),
  );
}

/** The advice was seen: the clinician decides. */
function nextStep({ label, run }: NonNullable<Moment['next']>): HTMLElement {
  const outcome = element('p', { role: 'status' });
  const button = element('button', { type: 'button', class: 'next' }, label);
  button.addEventListener('click', async () => {
    button.disabled = true;
    try {
      outcome.replaceChildren(await run());
    } catch (error) {
      button.disabled = false;
      outcome.replaceChildren(`It could not be done. ${error instanceof Error ? error.message : ''}`);
    }
  });
  return element('div', {}, button, outcome);
}
