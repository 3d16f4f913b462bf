/** What became of cards, by rule, where the service says it to this page. */
import { element } from '../../shared/element.ts';
import { type Overrides, overrides, type Plan, Refusal } from '../service.ts';

type Row = Overrides['rows'][number];
type Sum = Pick<Row, 'rule' | 'shown' | 'accepted' | 'overridden' | 'reasons'>;

export function overrideRates(plan: Plan): HTMLElement {
  const shown = element('div', {}, element('p', { 'aria-busy': 'true' }, 'Asking the service…'));
  const load = (token?: string): void =>
    void overrides(token).then(
      ({ rows }) => shown.replaceChildren(rows.length > 0 ? table(rows, plan) : said('No card was shown yet.')),
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

function table(rows: Row[], { rules }: Plan): HTMLElement {
  const head = ['Rule', 'Shown', 'Accepted', 'Overridden', 'Rate', 'Reasons'];
  const line = ({ rule, shown, accepted, overridden, reasons }: Sum) => {
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
      {},
      element('thead', {}, element('tr', {}, ...head.map((text) => element('th', { scope: 'col' }, text)))),
      element('tbody', {}, ...summed(rows).map(line)),
    ),
  );
}

/** All hooks and months of a rule together, the most overridden first. */
function summed(rows: Row[]): Sum[] {
  const sums = new Map<string, Sum>();
  for (const { rule, shown, accepted, overridden, reasons } of rows) {
    const sum = sums.get(rule) ?? { rule, shown: 0, accepted: 0, overridden: 0, reasons: {} };
    const all = { ...sum.reasons };
    for (const [reason, count] of Object.entries(reasons)) all[reason] = (all[reason] ?? 0) + count;
    sums.set(rule, {
      rule,
      shown: sum.shown + shown,
      accepted: sum.accepted + accepted,
      overridden: sum.overridden + overridden,
      reasons: all,
    });
  }
  const rate = ({ shown, overridden }: Sum) => (shown > 0 ? overridden / shown : 0);
  return [...sums.values()].sort((a, b) => rate(b) - rate(a));
}
