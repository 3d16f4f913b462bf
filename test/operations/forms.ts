/** Responses that tests of the FHIR side start from. */
import type { FhirResource, QuestionnaireResponse, QuestionnaireResponseItem } from '../../src/fhir/types.ts';
import { questionnaires } from '../harness/requests.ts';
import { type Form, responsesOf } from '../harness/responses.ts';
import { atMoment } from '../harness/time.ts';

export const NOW = '2026-11-25T10:00:00Z';
export const SUBJECT = { reference: 'Patient/p' };

/** A completed response to one form, an hour old. */
export function responseTo(form: string, answers: Form['answers'] & object, base?: string): QuestionnaireResponse {
  const made = responsesOf({ answers, ...(base && { base }) }, 'r', questionnaires, SUBJECT) as QuestionnaireResponse[];
  const found = made.find(({ questionnaire }) => questionnaire?.includes(`/${form}|`));
  if (!found) throw new Error(`no response to ${form}`);
  return atMoment(found, NOW);
}

/** The triage form: everything denied but what is given. */
export const triage = (answers: Form['answers'] & object = {}): QuestionnaireResponse =>
  responseTo('back-pain-triage', { severity: 2, ...answers }, 'clear');

/** The item of a linkId, at any depth. */
export function itemOf(response: FhirResource, linkId: string): QuestionnaireResponseItem {
  const find = (items: QuestionnaireResponseItem[] = []): QuestionnaireResponseItem | undefined => {
    for (const item of items) {
      const found = item.linkId === linkId ? item : find(item.item);
      if (found) return found;
    }
    return undefined;
  };
  const found = find((response as QuestionnaireResponse).item);
  if (!found) throw new Error(`${linkId} is not in the response`);
  return found;
}

/** The same response after a change of a copy. */
export function changed(
  response: QuestionnaireResponse,
  change: (copy: QuestionnaireResponse) => void,
): QuestionnaireResponse {
  const copy = structuredClone(response);
  change(copy);
  return copy;
}
