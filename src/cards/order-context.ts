/** What the parts of an order card are made from. */
import type { OrderDecision } from '../decision/decide-orders.ts';
import type { RuleResult } from '../decision/decision.ts';
import type { Draft } from '../orders/draft.ts';
import type { CardContext } from './card-context.ts';

/** Drafts for which the same rules fire share a card. */
export type OrderContext = CardContext & {
  orders: OrderDecision[];
  /** Every draft of the call: what they hold is not suggested again. */
  drafts: Draft[];
  /** What triage found, beside the rules about orders that `decision.results` holds here. */
  triage: RuleResult[];
};

/** What the drafts of a card are called, each name once. */
export const namesOf = (orders: OrderDecision[]): string =>
  [...new Set(orders.map(({ draft }) => draft.name))].join(', ');
