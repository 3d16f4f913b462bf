/** Whether something said is a member of a set of terms: by code, by the beginning of a code, by words. */
import { codeKey } from '../fhir/codings.ts';
import type { Coding } from '../fhir/types.ts';
import { placeOf } from '../fhir/words.ts';
import type { TermSet } from '../knowledge/order-terms.ts';
import type { Said } from './texts.ts';

/** The first coding of the set, if any. */
export function codingIn(set: TermSet, codings: readonly Coding[]): Coding | undefined {
  return codings.find(
    (coding) =>
      set.codes.has(codeKey(coding)) ||
      set.prefixes.some(({ system, code }) => coding.system === system && coding.code?.startsWith(code)),
  );
}

/** Whether anything that was said is in the set. */
export function isIn(set: TermSet, { codings, texts }: Said): boolean {
  return codingIn(set, codings) !== undefined || texts.some((words) => isNamed(set, words));
}

function isNamed({ phrases }: TermSet, words: string[]): boolean {
  let left = words;
  for (const phrase of phrases) {
    if (placeOf(left, phrase.words) < 0) continue;
    if (phrase.said) return true;
    left = without(left, phrase.words);
  }
  return false;
}

/** A text without every occurrence of a phrase; the gap stays, so that no new phrase comes about. */
export function without(words: string[], phrase: readonly string[]): string[] {
  const at = placeOf(words, phrase);
  if (at < 0) return words;
  return without([...words.slice(0, at), '', ...words.slice(at + phrase.length)], phrase);
}
