/** Codings and words of the concepts of an order. */
import type { DraftConcept } from '../cds-hooks/draft-orders.ts';
import type { Coding } from '../fhir/types.ts';
import { wordsOf } from '../fhir/words.ts';

export type Said = { codings: Coding[]; texts: string[][] };

/** Everything that concepts say, codes apart from words. */
export function saidBy(concepts: readonly (DraftConcept | undefined)[]): Said {
  const said: Said = { codings: [], texts: [] };
  for (const concept of concepts) {
    if (!concept) continue;
    for (const { system, code, display } of concept.coding ?? []) {
      if (code !== undefined) said.codings.push({ ...(system !== undefined && { system }), code });
      if (display !== undefined) said.texts.push(wordsOf(display));
    }
    if (concept.text !== undefined) said.texts.push(wordsOf(concept.text));
  }
  return said;
}

/** What people call a concept. */
export const nameOf = (concept: DraftConcept | undefined): string | undefined =>
  concept?.text ?? concept?.coding?.find(({ display }) => display !== undefined)?.display;
