/** What became of cards, by rule, where the service says it to this page. */
import { element } from '../../shared/element.ts';
import { type Row, rateOf, reasonsIn, type Sum, summedBy } from '../model/rates.ts';
import { overrides, type Plan, Refusal } from '../service.ts';
import { rateChart, reasonChart } from './rate-chart.ts';

export function overrideRates(plan: Plan): HTMLElement {
  const shown = element('div', {}, element('p', { 'aria-busy': 'true' }, 'Asking the service…'));
  const load = (token?: string): void =>
    void overrides(token).then(
      ({ rows }) =>
        shown.replaceChildren(
          ...(rows.length > 0 ? [charts(rows), table(rows, plan)] : [said('No card was shown yet.')]),
        ),
      (error: unknown) =>
        shown.replaceChildren(
          said(whyNot(error)),
          ...(error instanceof Refusal && error.status === 401 ? [asking(load)] : []),
        ),
    );
  load();
  return element('section', {}, element('h1', { tabindex: '-1' }, 'Override rates'), shown);
}

const said = (text: string): HTMLElement => element('p', { class: 'quiet' }, text);

/** The token is kept nowhere but in the field. */
function asking(load: (token: string) => void): HTMLElement {
  const field = element('input', { type: 'password', autocomplete: 'off', id: 'admin-token' });
  const button = element('button', { type: 'button' }, 'Show');
  const send = () => load(field.value.trim());
  button.addEventListener('click', send);
  field.addEventListener('keydown', ({ key }) => key === 'Enter' && send());
  return element('div', {}, element('label', { for: 'admin-token' }, 'Token of the administration'), field, button);
}

/** Whoever may not see them learns nothing about them. */
function whyNot(error: unknown): string {
  const isWithheld = error instanceof Refusal && [401, 403, 404].includes(error.status);
  return isWithheld ? 'The service gives none to this page.' : 'The service did not answer.';
}

/** Rules are many, so the charts show those that are overridden most; the table has all of them. */
const MOST_RULES = 8;

function charts(rows: Row[]): HTMLElement {
  const byMonth = summedBy(rows, 'month').sort((a, b) => (a.key < b.key ? -1 : 1));
  const reasons = reasonsIn(rows);
  return element(
    'div',
    { class: 'charts' },
    element('p', { class: 'quiet' }, 'A card counts for each rule that it speaks of.'),
    rateChart('By month', byMonth),
    rateChart('By hook', worstFirst(summedBy(rows, 'hook'))),
    reasons.length > 0 && reasonChart('Reasons', reasons),
    rateChart('Rules overridden most', worstFirst(summedBy(rows, 'rule')).slice(0, MOST_RULES)),
  );
}

const worstFirst = (sums: Sum[]): Sum[] => sums.sort((a, b) => rateOf(b) - rateOf(a));

function table(rows: Row[], { rules }: Plan): HTMLElement {
  const head = ['Rule', 'Shown', 'Accepted', 'Overridden', 'Rate', 'Reasons'];
  const line = ({ key: rule, shown, accepted, overridden, reasons }: Sum) => {
    const title = rules.find(({ id }) => id === rule)?.title ?? '';
    const rate = shown > 0 ? `${Math.round((100 * overridden) / shown)} %` : '–';
    const words = Object.entries(reasons).map(([reason, count]) => `${reason} ${count}`);
    return element(
      'tr',
      {},
      element('th', { scope: 'row' }, element('a', { href: `#${rule}` }, `${rule} ${title}`)),
      ...[`${shown}`, `${accepted}`, `${overridden}`, rate, words.join(', ')].map((text) => element('td', {}, text)),
    );
  };
  return element(
    'div',
    { class: 'sideways', role: 'region', tabindex: '0', 'aria-label': 'Override rates by rule' },
    element(
      'table',
      { class: 'rates' },
      element('thead', {}, element('tr', {}, ...head.map((text) => element('th', { scope: 'col' }, text)))),
      element('tbody', {}, ...worstFirst(summedBy(rows, 'rule')).map(line)),
    ),
  );
}
