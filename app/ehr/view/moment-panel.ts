/** The moments of care as buttons: each calls the real hook. */
import type { ActivityDefinition } from 'fhir/r4';
import { element } from '../../shared/element.ts';
import { type Chart, draftsIn } from '../model/chart.ts';
import type { Moment, Moments } from '../moments.ts';

type Fire = (moment: Moment) => Promise<void>;

const HOURS: readonly (readonly [number, string])[] = [
  [2, 'in 2 hours'],
  [24, 'tomorrow'],
  [72, 'in 3 days'],
  [336, 'in 2 weeks'],
];

export function momentPanel(moments: Moments, catalogue: ActivityDefinition[], chart: Chart, fire: Fire): HTMLElement {
  const drafts = draftsIn(chart).length;
  return element(
    'div',
    { class: 'moments' },
    element(
      'div',
      { class: 'buttons' },
      button('moment-open', 'Open chart', moments.open, fire),
      button('moment-start', 'Start visit', moments.start, fire),
      button('moment-discharge', 'Discharge', moments.discharge, fire),
      button('moment-sign', drafts > 0 ? `Sign orders (${drafts})` : 'Sign orders', moments.sign, fire),
    ),
    choice(
      'Order',
      'moment-order',
      catalogue.map(({ title = '' }, at) => [String(at), title]),
      (chosen) => {
        const entry = catalogue[Number(chosen)];
        return entry ? fire(moments.order(entry)) : undefined;
      },
    ),
    choice(
      'Book',
      'moment-book',
      HOURS.map(([hours, words]) => [String(hours), words]),
      (hours) => fire(moments.book(Number(hours))),
    ),
  );
}

function button(id: string, label: string, moment: Moment, fire: Fire): HTMLElement {
  const { impossible } = moment;
  const made = element('button', { type: 'button', id, disabled: impossible !== undefined, title: impossible }, label);
  made.addEventListener('click', () => void fire(moment));
  return made;
}

/** A list to choose from, and a button that goes with what is chosen. */
function choice(
  label: string,
  id: string,
  options: [string, string][],
  go: (chosen: string) => Promise<void> | undefined,
): HTMLElement | false {
  if (options.length === 0) return false;
  const select = element(
    'select',
    { id: `${id}-what`, 'aria-label': `${label}: what` },
    ...options.map(([value, words]) => element('option', { value }, words)),
  );
  const made = element('button', { type: 'button', id }, label);
  made.addEventListener('click', () => void go(select.value));
  return element('div', { class: 'choice' }, select, made);
}
