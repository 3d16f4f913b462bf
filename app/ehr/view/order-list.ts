import { element } from '../../shared/element.ts';
import { nameOfOrder, type Order, referenceTo } from '../model/orders.ts';

/** Drafts first, then what is in force. */
export function orderList(orders: Order[]): HTMLElement {
  if (orders.length === 0) return element('p', { class: 'quiet' }, 'There are no orders.');
  const rank = ({ status }: Order) => (status === 'draft' ? 0 : 1);
  return element(
    'ul',
    { class: 'orders plain' },
    ...[...orders]
      .sort((a, b) => rank(a) - rank(b))
      .map((order) =>
        element(
          'li',
          { 'data-order': referenceTo(order) },
          element('span', { class: 'name' }, nameOfOrder(order)),
          element('span', { class: 'badge' }, order.status),
        ),
      ),
  );
}
