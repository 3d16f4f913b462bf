/** Cards of knowledge that is overdue for its review say so first (docs/adr/0026). */
import type { Card } from '../cds-hooks/card.ts';
import type { Moment } from '../evidence/chart.ts';
import { type Dated, overdueSince } from '../knowledge/overdue.ts';

/** What is said of overdue knowledge; undefined while it holds. */
export function overdueNote(knowledge: Dated, moment: Moment): string | undefined {
  const since = overdueSince(knowledge, moment);
  return since && `These rules were valid until ${since} and are overdue for review: check the source before acting.`;
}

/** The same cards, each with the note before its detail. */
export function withOverdueNote(cards: Card[], knowledge: Dated, moment: Moment): Card[] {
  const note = overdueNote(knowledge, moment);
  return note === undefined ? cards : cards.map((card) => ({ ...card, detail: `**${note}**\n\n${card.detail}` }));
}
