/** What became of the cards in memory, counted as a database does. */
import type { FeedbackEntry } from '../cds-hooks/feedback.ts';
import { type FeedbackCount, type FeedbackPeriod, PRIVATE_RULES } from '../cds-hooks/feedback-counts.ts';
import type { IssuedCard } from '../cds-hooks/issued-cards.ts';
import { countedReason } from '../cds-hooks/override-reasons.ts';

type Kept = { card: IssuedCard; feedback: ReadonlyMap<string, FeedbackEntry> };

/** Counts the cards of a period. */
export function countInMemory(cards: Iterable<Kept>, { from, until, plan }: FeedbackPeriod): FeedbackCount[] {
  const counts = new Map<string, FeedbackCount>();
  for (const { card, feedback } of cards) {
    const { issuedAt, service, hook, level, rules } = card;
    if (issuedAt < from || issuedAt >= until) continue;
    if (plan !== undefined && service !== plan && card.plan !== plan) continue;
    for (const rule of level === 'private' ? [PRIVATE_RULES] : rules) {
      const key = JSON.stringify([rule, hook]);
      const count = counts.get(key) ?? { rule, hook, shown: 0, accepted: 0, overridden: 0, reasons: {} };
      counts.set(key, count);
      add(count, [...feedback.values()]);
    }
  }
  return [...counts.values()];
}

function add(count: FeedbackCount, entries: FeedbackEntry[]): void {
  const overrides = entries.filter((entry) => entry.outcome === 'overridden');
  count.shown += 1;
  count.accepted += overrides.length < entries.length ? 1 : 0;
  count.overridden += overrides.length > 0 ? 1 : 0;
  const codes = new Set(overrides.map(({ overrideReason }) => countedReason(overrideReason?.reason?.code)));
  for (const code of codes) count.reasons[code] = (count.reasons[code] ?? 0) + 1;
}
