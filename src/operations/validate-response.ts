/** `QuestionnaireResponse/$validate`: a response against the Questionnaire that it answers. */
import { instantRange } from '../fhir/dates.ts';
import { MINUTE } from '../fhir/durations.ts';
import type { OperationOutcomeIssue, Questionnaire, QuestionnaireResponse } from '../fhir/types.ts';
import { type Checks, checkItems, report } from './check-items.ts';
import { disabledItems } from './enable-when.ts';
import { itemsByLinkId } from './items.ts';
import type { Library } from './library.ts';

const STATUSES = ['in-progress', 'completed', 'amended', 'entered-in-error', 'stopped'];
const ROOT = 'QuestionnaireResponse';

/** Every finding about a response; errors say that it is none of this Questionnaire. @param now milliseconds since 1970 */
export function issuesOf(response: QuestionnaireResponse, library: Library, now: number): OperationOutcomeIssue[] {
  const issues: OperationOutcomeIssue[] = [];
  const questionnaire = library.questionnaire(response.questionnaire);
  checkHead(response, now, issues);
  if (!questionnaire) {
    report({ issues }, 'error', 'not-found', 'The Questionnaire is none that is served here', `${ROOT}.questionnaire`);
    return issues;
  }
  checkVersion(response, questionnaire, issues);
  const checks: Checks = {
    known: itemsByLinkId(questionnaire.item),
    disabled: disabledItems(questionnaire, response),
    finished: response.status === 'completed' || response.status === 'amended',
    issues,
  };
  checkItems(questionnaire.item, response.item, ROOT, checks);
  return issues;
}

export const isError = ({ severity }: OperationOutcomeIssue): boolean => severity === 'error' || severity === 'fatal';

function checkHead({ status, authored, subject }: QuestionnaireResponse, now: number, issues: OperationOutcomeIssue[]) {
  if (!STATUSES.includes(status)) report({ issues }, 'error', 'code-invalid', 'status is no status', `${ROOT}.status`);
  if (!subject) report({ issues }, 'warning', 'required', 'It is not said whose answers these are', `${ROOT}.subject`);
  const place = `${ROOT}.authored`;
  const at = instantRange(authored, 'UTC');
  if (authored === undefined) report({ issues }, 'warning', 'required', 'It is not said when it was answered', place);
  else if (!at) report({ issues }, 'error', 'value', 'authored is no dateTime', place);
  else if (at.from > now + 5 * MINUTE) report({ issues }, 'warning', 'business-rule', 'It lies in the future', place);
}

/** Another version may ask something else under the same linkId. */
function checkVersion(
  { questionnaire = '' }: QuestionnaireResponse,
  { version }: Questionnaire,
  issues: OperationOutcomeIssue[],
): void {
  const [, answered] = questionnaire.split('|');
  const place = `${ROOT}.questionnaire`;
  if (answered === undefined) {
    report({ issues }, 'warning', 'incomplete', `It does not say which version it answers: taken as ${version}`, place);
  } else if (answered !== version) {
    report({ issues }, 'error', 'conflict', `It answers another version than ${version}`, place);
  }
}
