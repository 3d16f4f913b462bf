/** The items of a response against those of its Questionnaire. */
import { isPrefilled } from '../evidence/prefilled.ts';
import { extensionNamed } from '../fhir/extensions.ts';
import type {
  OperationOutcomeIssue,
  QuestionnaireItem,
  QuestionnaireResponseItem,
  QuestionnaireResponseItemAnswer,
} from '../fhir/types.ts';
import { faultOfAnswer } from './check-answer.ts';
import { heldValue, isSame } from './items.ts';

export type Checks = {
  known: ReadonlyMap<string, QuestionnaireItem>;
  disabled: ReadonlySet<string>;
  /** The form was handed in: what is required must be there. */
  finished: boolean;
  issues: OperationOutcomeIssue[];
};

type Severity = OperationOutcomeIssue['severity'];

/** So many of one severity are named; who mends them finds the next. */
const MOST_ISSUES = 100;

/** Adds an issue about an element. */
export function report(
  { issues }: Pick<Checks, 'issues'>,
  severity: Severity,
  code: OperationOutcomeIssue['code'],
  diagnostics: string,
  expression: string,
): void {
  // Counted for each severity: remarks never push an error out.
  const same = issues.filter((issue) => issue.severity === severity).length;
  if (same < MOST_ISSUES) issues.push({ severity, code, diagnostics, expression: [expression] });
}

/** Checks the children of a group, of an item or of the form itself. */
export function checkItems(
  wanted: QuestionnaireItem[] | undefined,
  given: QuestionnaireResponseItem[] | undefined,
  place: string,
  checks: Checks,
): void {
  const seen = new Set<string>();
  for (const [at, item] of (given ?? []).entries()) {
    const here = `${place}.item[${at}]`;
    const definition = wanted?.find(({ linkId }) => linkId === item.linkId);
    if (!definition) checkStray(item, here, checks);
    else checkItem(definition, item, here, seen.has(item.linkId), checks);
    seen.add(item.linkId);
  }
  for (const definition of wanted ?? []) if (!seen.has(definition.linkId)) checkAbsent(definition, place, checks);
}

function checkStray({ linkId }: QuestionnaireResponseItem, here: string, checks: Checks): void {
  const text = checks.known.has(linkId) ? `${linkId} does not belong here` : 'The Questionnaire has no such linkId';
  report(checks, 'error', 'structure', text, `${here}.linkId`);
}

function checkItem(
  definition: QuestionnaireItem,
  { linkId, answer = [], item }: QuestionnaireResponseItem,
  here: string,
  isRepeated: boolean,
  checks: Checks,
): void {
  const fault = (text: string, place = here) => report(checks, 'error', 'invalid', `${linkId} ${text}`, place);
  if (isRepeated && !(definition.type === 'group' && definition.repeats)) fault('stands here twice');
  if (checks.disabled.has(linkId)) {
    if (answer.length > 0 || item?.length) {
      report(checks, 'error', 'business-rule', `${linkId} is disabled by other answers, and answered`, here);
    }
    return;
  }
  const isQuestion = definition.type !== 'group' && definition.type !== 'display';
  if (!isQuestion && answer.length > 0) fault(`is a ${definition.type}: it takes no answer`);
  if (isQuestion) checkAnswers(definition, answer, here, fault, checks);
  if (isQuestion && item?.length) fault('is a question: its items stand in its answers');
  if (!isQuestion) checkItems(definition.item, item, here, checks);
}

function checkAnswers(
  definition: QuestionnaireItem,
  answers: QuestionnaireResponseItemAnswer[],
  here: string,
  fault: (text: string, place?: string) => void,
  checks: Checks,
): void {
  const { linkId } = definition;
  if (answers.length === 0) checkAbsent(definition, here, checks);
  if (answers.length > 1 && !definition.repeats) fault('takes one answer');
  for (const [at, answer] of answers.entries()) {
    const place = `${here}.answer[${at}]`;
    const wrong = faultOfAnswer(definition, answer);
    if (wrong !== undefined) fault(wrong, place);
    if (isPrefilled(answer)) {
      const text = `${linkId} is filled in from the chart and not confirmed`;
      report(checks, 'information', 'informational', text, place);
    }
    if (definition.item || answer.item?.length) checkItems(definition.item, answer.item, place, checks);
  }
  if (answers.length > 1) checkTogether(definition, answers, fault);
  if (definition.readOnly) {
    report(checks, 'warning', 'business-rule', `${linkId} is for the chart to answer`, here);
  }
}

/** Options that stand alone, and options that are ticked twice. */
function checkTogether(
  { answerOption = [] }: QuestionnaireItem,
  answers: QuestionnaireResponseItemAnswer[],
  fault: (text: string) => void,
): void {
  // Of more answers than there are options, two are the same or one is none of them.
  const values = answers.slice(0, answerOption.length + 1).map((answer) => heldValue(answer)?.value);
  const alone = answerOption.filter((option) => extensionNamed(option, 'questionnaire-optionExclusive')?.valueBoolean);
  if (alone.some((option) => values.some((value) => isSame(heldValue(option)?.value, value)))) {
    fault('has an answer that excludes all others, and others');
  }
  if (values.some((value, at) => values.findIndex((other) => isSame(other, value)) !== at)) {
    fault('has the same answer twice');
  }
}

/** What is required and enabled must be answered; of a group, what is in it. */
function checkAbsent(definition: QuestionnaireItem, place: string, checks: Checks): void {
  const { linkId, type, required, item } = definition;
  if (checks.disabled.has(linkId)) return;
  if (type === 'group') {
    for (const child of item ?? []) checkAbsent(child, place, checks);
    return;
  }
  if (!required) return;
  const severity = checks.finished ? 'error' : 'information';
  report(checks, severity, 'required', `${linkId} is required and not answered`, place);
}
