/** Feedback as an EHR sends it. */
import type { Card } from '../../src/cds-hooks/card.ts';
import { SERVICE } from './requests.ts';

export const FEEDBACK = `${SERVICE}/feedback`;

export const AT = '2026-11-25T10:05:00Z';

/** A suggestion of the card was taken. */
export const acceptance = ({ uuid, suggestions = [] }: Card, outcomeTimestamp = AT) => ({
  card: uuid,
  outcome: 'accepted',
  outcomeTimestamp,
  acceptedSuggestions: [{ id: suggestions[0]?.uuid ?? 'none' }],
});

/** The card was dismissed, for a reason it offers. */
export const override = ({ uuid, overrideReasons = [] }: Card, outcomeTimestamp = AT) => ({
  card: uuid,
  outcome: 'overridden',
  outcomeTimestamp,
  overrideReason: { reason: overrideReasons[0], userComment: 'Mrs Canary was seen yesterday' },
});
