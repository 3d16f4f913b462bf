/** The cards of an answer -> what is remembered of them, with the fingerprint of the finding (spec C.2-8). */
import { createHmac } from 'node:crypto';
import type { Card } from './cds-hooks/card.ts';
import { ORDER_HOOKS } from './cds-hooks/draft-orders.ts';
import { type IssuedCard, issuedCard } from './cds-hooks/issued-cards.ts';
import type { Decision } from './decision/decision.ts';
import { fingerprintOf } from './decision/fingerprint.ts';

type Call = Pick<IssuedCard, 'tenant' | 'service' | 'hook' | 'issuedAt'>;

type Hash = (text: string) => string;

/**
 * @param decision what the cards were built from
 * @param key what fingerprints are made with; without it, or without a decision, the cards get none
 */
export function issuedCards(
  cards: Card[],
  call: Call,
  patientId: string,
  decision: Decision | undefined,
  key: string | undefined,
): IssuedCard[] {
  if (cards.length === 0) return [];
  if (decision === undefined || key === undefined) return cards.map((card) => issuedCard(card, call));
  const hash: Hash = (text) => createHmac('sha256', key).update(text).digest('base64url');
  const finding = fingerprintOf(patientId, decision, hash);
  return cards.map((card) => issuedCard(card, call, fingerprintOfCard(card, call.hook, finding, hash)));
}

/** A card about draft orders is the same one only for the same drafts, which its summary names. */
const fingerprintOfCard = ({ summary }: Card, hook: string, finding: string, hash: Hash): string =>
  ORDER_HOOKS.has(hook) ? hash(`${finding} ${summary}`) : finding;
