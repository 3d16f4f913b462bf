/** Draft orders of a clinical case, and the cards that they bring (CONTRIBUTING.md). */
import { type Card, EXTENSION_NAME } from '../../src/cds-hooks/card.ts';

/** A draft as a client sends it, or only its text: a MedicationRequest that says no more. */
export type Order = string | (Record<string, unknown> & { resourceType: string });

export type OrderCard = {
  indicator: string;
  /** Ids of all rules that fire for these drafts, in any order; left out: none. */
  fired?: string[];
  summary?: string;
  says?: string[];
  silentOn?: string[];
  /** What the suggestions do, each as `delete Type/id` or `create Type`, joined by `+`; compared when given. */
  suggests?: string[];
};

/** The members of the hook's context; none for a case without orders. */
export function ordersOf({ orders, selections }: { orders?: Order[]; selections?: string[] }): Record<string, unknown> {
  if (!orders) return {};
  const resources = orders.map((order, at): Record<string, unknown> => {
    if (typeof order !== 'string') return { id: `order-${at + 1}`, ...order };
    const subject = { reference: 'Patient/case-patient' };
    return {
      resourceType: 'MedicationRequest',
      id: `order-${at + 1}`,
      status: 'draft',
      intent: 'order',
      subject,
      medicationCodeableConcept: { text: order },
    };
  });
  const all = resources.map(({ resourceType, id }) => `${resourceType}/${id}`);
  return {
    selections: selections ?? all,
    draftOrders: { resourceType: 'Bundle', type: 'collection', entry: resources.map((resource) => ({ resource })) },
  };
}

/** Every difference of the cards of an order hook, in words. */
export function orderDifferences(cards: Card[], wanted: OrderCard[]): string[] {
  const found = cards.map(({ indicator, extension }) => inWords(indicator, extension[EXTENSION_NAME].fired));
  const should = wanted.map(({ indicator, fired }) => inWords(indicator, fired));
  if (found.join(', ') !== should.join(', ')) return [`cards: ${found.join(', ')} instead of ${should.join(', ')}`];
  return cards.flatMap((card, at) => cardDifferences(card, wanted[at] ?? { indicator: '' }));
}

const inWords = (indicator: string, fired: string[] = []): string => [indicator, ...[...fired].sort()].join(' ');

function cardDifferences(card: Card, { summary, says = [], silentOn = [], suggests }: OrderCard): string[] {
  const text = `${card.summary}\n${card.detail}`;
  const offered = (card.suggestions ?? []).map(({ actions }) => actions.map(actionIn).join(' + '));
  return [
    ...(summary && !card.summary.includes(summary) ? [`the summary is: ${card.summary}`] : []),
    ...says.filter((words) => !text.includes(words)).map((words) => `does not say: ${words}`),
    ...silentOn.filter((words) => text.includes(words)).map((words) => `says: ${words}`),
    ...(suggests && suggests.join(', ') !== offered.join(', ') ? [`suggests: ${offered.join(', ')}`] : []),
  ];
}

const actionIn = (action: NonNullable<Card['suggestions']>[number]['actions'][number]): string =>
  action.type === 'delete' ? `delete ${action.resourceId}` : `create ${action.resource.resourceType}`;
