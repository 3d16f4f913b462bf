/** What is remembered of a card that was shown: enough to know it again and to count what became of it. */
import { type Card, EXTENSION_NAME } from './card.ts';

/** Never a clinical value. A confidential card is `private`, without rules; so is one that only reminds (`reminder`). */
export type IssuedCard = {
  uuid: string;
  tenant: string;
  service: string;
  hook: string;
  /** `id|version` of the plan. */
  plan: string;
  /** Level code, `private`, `reminder`, or unsaid for a card that could not be assessed. */
  level?: string | undefined;
  /** Ids of the rules that fired or, being open, raised the level. */
  rules: string[];
  /** What makes two cards the same finding, where cards are given one. */
  fingerprint?: string | undefined;
  /** Milliseconds since 1970. */
  issuedAt: number;
};

/** Remembers the cards of an answer. It returns at once and never throws: an answer does not wait for a database. */
export type IssuedCards = { remember: (cards: IssuedCard[]) => void };

type Call = Pick<IssuedCard, 'tenant' | 'service' | 'hook' | 'issuedAt'>;

/** The card of an answer -> what is remembered of it. */
export function issuedCard({ uuid, extension }: Card, call: Call, fingerprint?: string): IssuedCard {
  const { plan, level, fired = [], open = [], confidential, overridden } = extension[EXTENSION_NAME];
  // A fingerprint tells whose card it is to whoever can guess what it was made of.
  if (confidential) return { ...call, uuid, plan, level: 'private', rules: [] };
  // What is said of a reminder neither prolongs the silence nor counts as said of the finding.
  if (overridden) return { ...call, uuid, plan, level: 'reminder', rules: [] };
  return { ...call, uuid, plan, level, rules: [...fired, ...open], fingerprint };
}
