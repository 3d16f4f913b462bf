/** Decisions on draft orders -> cards, the most urgent first; an order that no rule speaks of has none (spec D). */
import { type Card, EXTENSION_NAME } from '../cds-hooks/card.ts';
import { overrideReasons } from '../cds-hooks/override-reasons.ts';
import type { OrderDecision } from '../decision/decide-orders.ts';
import { baseOf } from '../knowledge/systems.ts';
import type { Draft } from '../orders/draft.ts';
import { SUMMARY_LIMIT, source } from './build-cards.ts';
import type { CardContext } from './card-context.ts';
import { plain, truncated } from './escape.ts';
import { links } from './links.ts';
import { notAssessedCards, unreadableOrders } from './not-assessed.ts';
import { namesOf, type OrderContext } from './order-context.ts';
import { orderDetail } from './order-detail.ts';
import { orderSuggestions } from './order-suggestions.ts';
import { findingsByLevel } from './selection.ts';

type Input = Omit<CardContext, 'findings'>;

/** A name longer than this leaves no room for what is said of it. */
const NAME_LIMIT = 50;

/**
 * Builds the cards of an order hook.
 * @param unreadable how many drafts could not be read at all
 */
export function buildOrderCards(input: Input, orders: OrderDecision[], unreadable: number): Card[] {
  const drafts = orders.map(({ draft }) => draft);
  const contexts = groupsOf(orders).flatMap((group) => contextOf(input, group, drafts));
  const rank = ({ findings: [first] }: OrderContext) => (first ? input.topic.orderGroups.indexOf(first.group) : 0);
  const cards = contexts.sort((a, b) => rank(a) - rank(b)).map(orderCard);
  const unread = unreadableOrders(input, unreadable);
  if (cards.length > 0 || drafts.length === 0) return [...cards, ...unread];
  // No card would say "nothing against it": that needs everything to have been read.
  return [...notAssessedCards(input, 'draft orders not checked'), ...unread];
}

/** Drafts by the rules that fire for them, in the order of the drafts. */
function groupsOf(orders: OrderDecision[]): OrderDecision[][] {
  const groups = new Map<string, OrderDecision[]>();
  for (const order of orders) {
    const fired = order.results.filter(({ state }) => state === 'fires').map(({ rule }) => rule.id);
    const key = fired.join(' ');
    groups.set(key, [...(groups.get(key) ?? []), order]);
  }
  return [...groups.values()];
}

function contextOf(input: Input, orders: OrderDecision[], drafts: Draft[]): OrderContext[] {
  const [first] = orders;
  if (!first) return [];
  const { decision } = input;
  const topic = { ...input.topic, groups: input.topic.orderGroups };
  const ofOrder = { ...decision, facts: first.facts, results: first.results, unanswered: [] };
  const findings = findingsByLevel(topic, first.results);
  if (findings.length === 0) return [];
  return [{ ...input, topic, decision: ofOrder, findings, orders, drafts, triage: decision.results }];
}

function orderCard(context: OrderContext): Card {
  const { topic, decision, findings, newUuid } = context;
  const [first] = findings as [CardContext['findings'][number]];
  const suggestions = orderSuggestions(context);
  const cardLinks = links(context);
  return {
    uuid: newUuid(),
    summary: summary(context, first),
    detail: orderDetail(context),
    indicator: first.group.indicator,
    source: source(context, first),
    ...(suggestions.length > 0 && { suggestions, selectionBehavior: 'any' as const }),
    overrideReasons: overrideReasons(baseOf(topic.url)),
    ...(cardLinks.length > 0 && { links: cardLinks }),
    extension: {
      [EXTENSION_NAME]: {
        level: first.group.code,
        fired: decision.results.filter(({ state }) => state === 'fires').map(({ rule }) => rule.id),
        plan: `${topic.id}|${topic.version}`,
        confidential: false,
      },
    },
  };
}

/** The urgency in words, what is ordered, what is said of it. */
function summary({ topic, decision, orders }: OrderContext, { group, fired }: CardContext['findings'][number]): string {
  const before = [...decision.gates].flatMap((gate) => topic.orderPrefixes.get(gate) ?? [])[0] ?? '';
  const more = decision.results.filter(({ state }) => state === 'fires').length - 1;
  const names = truncated(plain(namesOf(orders)), NAME_LIMIT);
  const text = `${group.title}: ${before} ${names}: ${fired[0]?.rule.title ?? ''}${more > 0 ? ` (+${more} more)` : ''}`;
  return truncated(plain(text), SUMMARY_LIMIT);
}
