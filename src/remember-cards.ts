/** The cards of an answer -> what is remembered of them, with the fingerprint of the finding (spec C.2-8). */
import { createHash } from 'node:crypto';
import type { Card } from './cds-hooks/card.ts';
import { ORDER_HOOKS } from './cds-hooks/draft-orders.ts';
import { type IssuedCard, issuedCard } from './cds-hooks/issued-cards.ts';
import type { Decision } from './decision/decision.ts';
import { fingerprintOf } from './decision/fingerprint.ts';

type Call = Pick<IssuedCard, 'tenant' | 'service' | 'hook' | 'issuedAt'>;

const sha256 = (text: string): string => createHash('sha256').update(text).digest('base64url');

/** @param decision what the cards were built from */
export function issuedCards(
  cards: Card[],
  call: Call,
  patientId: string,
  decision: Decision | undefined,
): IssuedCard[] {
  if (cards.length === 0) return [];
  const finding = decision && fingerprintOf(patientId, decision, sha256);
  return cards.map((card) => issuedCard(card, call, finding && fingerprintOfCard(card, call.hook, finding)));
}

/** A card about draft orders is the same one only for the same drafts, which its summary names. */
const fingerprintOfCard = ({ summary }: Card, hook: string, finding: string): string =>
  ORDER_HOOKS.has(hook) ? sha256(`${finding} ${summary}`) : finding;
