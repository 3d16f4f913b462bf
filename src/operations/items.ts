/** Questionnaire items and answers of a response, walked together. */
import { codeKey } from '../fhir/codings.ts';
import type { Questionnaire, QuestionnaireItem } from '../fhir/types.ts';

/** All items of a Questionnaire by linkId, at any depth. */
export function itemsByLinkId(items: Questionnaire['item']): Map<string, QuestionnaireItem> {
  const found = new Map<string, QuestionnaireItem>();
  const add = (list: Questionnaire['item']): void => {
    for (const item of list ?? []) {
      found.set(item.linkId, item);
      add(item.item);
    }
  };
  add(items);
  return found;
}

/** The value of an answer or of an option, whatever its type. */
export function heldValue(holder: object): { type: string; value: unknown } | undefined {
  for (const [name, value] of Object.entries(holder)) {
    if (name.startsWith('value') && value !== undefined && value !== null) return { type: name.slice(5), value };
  }
  return undefined;
}

/** Whether two values are the same; codings by system and code, quantities as they are written. */
export function isSame(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  if ('value' in a || 'value' in b) {
    const [one, other] = [a as { value?: number; code?: string }, b as { value?: number; code?: string }];
    return one.value === other.value && one.code === other.code;
  }
  return codeKey(a) === codeKey(b);
}
