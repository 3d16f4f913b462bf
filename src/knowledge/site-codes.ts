/** Codes that a site adds: its own codes for examinations and drugs stand in no public ValueSet. */
import { codeKey } from '../fhir/codings.ts';
import type { Coding } from '../fhir/types.ts';
import type { OrderTerms } from './order-terms.ts';

/** By the id of a ValueSet of the knowledge. */
export type SiteCodes = Readonly<Record<string, readonly Coding[]>>;

/** The id in the canonical url of a ValueSet. */
export const valueSetId = (url: string): string => url.slice(url.lastIndexOf('/') + 1);

/** The terms with the site's codes in their sets. */
export function withSiteCodes(terms: OrderTerms, site: SiteCodes): OrderTerms {
  const sets = new Map(terms.sets);
  for (const [url, set] of terms.sets) {
    const added = site[valueSetId(url)];
    if (added) sets.set(url, { ...set, codes: new Set([...set.codes, ...added.map(codeKey)]) });
  }
  return { ...terms, sets };
}
