/** Answers as the page holds them: by linkId, since linkIds are unique over all forms of a plan. */
import type { Questionnaire } from 'fhir/r4';
import { isConfidential, questionsOf } from './item.ts';

/** A code, a date or a text; a number; an amount with the code of its unit. */
export type Value = string | number | { value: number; unit: string };

export type Answers = ReadonlyMap<string, readonly Value[]>;

/** The answers with this one changed; without a value it is taken away. */
export function withAnswer(answers: Answers, linkId: string, values: readonly Value[]): Answers {
  const changed = new Map(answers);
  if (values.length > 0) changed.set(linkId, values);
  else changed.delete(linkId);
  return changed;
}

/** Without the answers that may not be kept on the device. */
export function withoutConfidential(answers: Answers, forms: readonly Questionnaire[]): Answers {
  const hidden = confidentialIn(forms);
  return new Map([...answers].filter(([linkId]) => !hidden.has(linkId)));
}

/** linkIds of confidential questions, and of all questions in a confidential group. */
export function confidentialIn(forms: readonly Questionnaire[]): Set<string> {
  const found = new Set<string>();
  const visit = (items: Questionnaire['item'], inside: boolean): void => {
    for (const item of items ?? []) {
      const hidden = inside || isConfidential(item);
      if (hidden) found.add(item.linkId);
      visit(item.item, hidden);
    }
  };
  for (const form of forms) visit(form.item, false);
  return found;
}

/** Values of a draft that the forms of today still know. */
export function known(entries: unknown, forms: readonly Questionnaire[]): Answers {
  const linkIds = new Set(forms.flatMap(questionsOf).map(({ linkId }) => linkId));
  if (!Array.isArray(entries)) return new Map();
  const pairs = entries.filter(
    (entry): entry is [string, Value[]] => Array.isArray(entry) && linkIds.has(entry[0]) && Array.isArray(entry[1]),
  );
  return new Map(pairs);
}
