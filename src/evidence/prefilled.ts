/** Answers that `$populate` filled in from a chart. */
import type { QuestionnaireResponseItemAnswer } from '../fhir/types.ts';

/** Name of the extension that marks them; who confirms an answer takes it off. */
export const PREFILLED = 'prefilled-from';

/** Nobody has confirmed this answer: it is what the chart says, not what the person says. */
export function isPrefilled(answer: QuestionnaireResponseItemAnswer | undefined): boolean {
  const extension = answer?.extension;
  return Array.isArray(extension) && extension.some((one) => String(one?.url).endsWith(`/${PREFILLED}`));
}
