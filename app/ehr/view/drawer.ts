/** What went over the wire: the exact request, response and time of each exchange. */
import { element } from '../../shared/element.ts';
import { type Exchange, exchanges } from '../wire/journal.ts';
import { printMs } from './print.ts';

/** A button, and the drawer that it opens. */
export function wireDrawer(): { button: HTMLElement; drawer: HTMLElement } {
  const list = element('div', { class: 'exchanges' });
  const close = element('button', { type: 'button', class: 'secondary' }, 'Close');
  const dialog = element(
    'dialog',
    { class: 'drawer', 'aria-labelledby': 'drawer-title' },
    element(
      'div',
      { class: 'drawer-body' },
      element('header', {}, element('h2', { id: 'drawer-title' }, 'Requests and responses'), close),
      element('p', { class: 'quiet' }, 'The newest first. They are kept in this page only.'),
      list,
    ),
  );
  const button = element('button', { type: 'button', class: 'secondary outline' }, 'Requests and responses');
  button.addEventListener('click', () => {
    list.replaceChildren(...exchanges().map(entry));
    dialog.showModal();
  });
  close.addEventListener('click', () => dialog.close());
  return { button, drawer: dialog };
}

function entry(exchange: Exchange, at: number): HTMLElement {
  const { purpose, method, url, status, milliseconds } = exchange;
  const title = element('summary', {}, `${purpose}: ${status || 'no answer'}, ${printMs(milliseconds)}`);
  const details = element('details', {}, title);
  // Filled when it is opened: there may be megabytes.
  details.addEventListener(
    'toggle',
    () => {
      details.append(
        element('p', { class: 'address' }, `${method} ${url}`),
        ...(exchange.claims ? [json('Claims of the token (JWT)', exchange.claims, at)] : []),
        ...(exchange.request === undefined ? [] : [json('Request', exchange.request, at)]),
        json('Response', exchange.response ?? null, at),
      );
    },
    { once: true },
  );
  return details;
}

function json(label: string, value: unknown, at: number): HTMLElement {
  const heading = `wire-${at}-${label.split(' ')[0]}`;
  return element(
    'section',
    {},
    element('h3', { id: heading }, label),
    element('pre', { tabindex: '0', role: 'region', 'aria-labelledby': heading }, JSON.stringify(value, null, 2)),
  );
}
