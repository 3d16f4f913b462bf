/** The cards of an answer -> what is remembered of them, with the fingerprint of the finding (spec C.2-8). */
import type { FindingMemory } from './call-service/recall.ts';
import type { Card } from './cds-hooks/card.ts';
import { ORDER_HOOKS } from './cds-hooks/draft-orders.ts';
import { type IssuedCard, issuedCard } from './cds-hooks/issued-cards.ts';
import type { Decision } from './decision/decision.ts';
import { fingerprintOf } from './decision/fingerprint.ts';

type Call = Pick<IssuedCard, 'tenant' | 'service' | 'hook' | 'issuedAt'>;

type Hash = FindingMemory['hash'];

/** What the cards say: the decision that they were built from, and its fingerprint where that is known already. */
export type Said = { patientId: string; decision: Decision | undefined; finding: string | undefined };

/** @param hash what fingerprints are made with; without it, or without a decision, the cards get none */
export function issuedCards(cards: Card[], call: Call, said: Said, hash: Hash | undefined): IssuedCard[] {
  const { patientId, decision } = said;
  if (cards.length === 0) return [];
  if (decision === undefined || hash === undefined) return cards.map((card) => issuedCard(card, call));
  const finding = said.finding ?? fingerprintOf(patientId, decision, hash);
  return cards.map((card) => issuedCard(card, call, fingerprintOfCard(card, call.hook, finding, hash)));
}

/** A card about draft orders is the same one only for the same drafts, which its summary names. */
const fingerprintOfCard = ({ summary }: Card, hook: string, finding: string, hash: Hash): string =>
  ORDER_HOOKS.has(hook) ? hash(`${finding} ${summary}`) : finding;
