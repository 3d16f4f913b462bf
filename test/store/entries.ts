/** Issued cards and feedback to test with. */
import { randomUUID } from 'node:crypto';
import type { FeedbackEntry } from '../../src/cds-hooks/feedback.ts';
import type { IssuedCard } from '../../src/cds-hooks/issued-cards.ts';

export const HERE = { tenant: 'clinic', service: 'a-service' };

/** A card that was issued here. */
export function aCard(changes: Partial<IssuedCard> = {}): IssuedCard {
  return {
    uuid: randomUUID(),
    ...HERE,
    hook: 'patient-view',
    plan: 'a-service|1.0.0',
    level: 'high',
    rules: ['A1', 'B2'],
    issuedAt: Date.now(),
    ...changes,
  };
}

/** An acceptance of a card. */
export function accepted({ uuid }: IssuedCard, outcomeTimestamp = 1_700_000_000_000): FeedbackEntry {
  return { card: uuid, outcome: 'accepted', outcomeTimestamp, acceptedSuggestions: [{ id: 'suggestion-1' }] };
}

/** An override of a card, with its reason. */
export function overridden({ uuid }: IssuedCard, outcomeTimestamp = 1_700_000_000_000): FeedbackEntry {
  const reason = { code: 'other', system: 'http://example.org/reasons' };
  const overrideReason = { reason, userComment: 'seen yesterday' };
  return { card: uuid, outcome: 'overridden', outcomeTimestamp, overrideReason };
}
