/** Which items of a form are enabled (FHIR R4, Questionnaire.item.enableWhen): a disabled item has no answers. */
import type {
  Questionnaire,
  QuestionnaireItem,
  QuestionnaireItemEnableWhen,
  QuestionnaireResponse,
  QuestionnaireResponseItem,
} from '../fhir/types.ts';
import { heldValue, isSame } from './items.ts';

type Answers = Map<string, unknown[]>;

/** The linkIds of items that are disabled by their own condition, or stand in one that is. */
export function disabledItems(questionnaire: Questionnaire, response: QuestionnaireResponse): Set<string> {
  const answers = answersByLinkId(response.item, new Map());
  const disabled = new Set<string>();
  const visit = (items: QuestionnaireItem[] | undefined, inDisabled: boolean): void => {
    for (const item of items ?? []) {
      const off = inDisabled || !isEnabled(item, answers, disabled);
      if (off) disabled.add(item.linkId);
      visit(item.item, off);
    }
  };
  visit(questionnaire.item, false);
  return disabled;
}

function isEnabled(
  { enableWhen, enableBehavior }: QuestionnaireItem,
  answers: Answers,
  disabled: Set<string>,
): boolean {
  if (!enableWhen?.length) return true;
  // What a disabled question says counts for nothing.
  const holds = (one: QuestionnaireItemEnableWhen) =>
    meets(one, disabled.has(one.question) ? [] : (answers.get(one.question) ?? []));
  return enableBehavior === 'all' ? enableWhen.every(holds) : enableWhen.some(holds);
}

function meets(condition: QuestionnaireItemEnableWhen, given: unknown[]): boolean {
  const wanted = Object.entries(condition).find(([name]) => name.startsWith('answer'))?.[1] as unknown;
  if (condition.operator === 'exists') return given.length > 0 === (wanted === true);
  return given.some((value) => compares(value, condition.operator, wanted));
}

function compares(value: unknown, operator: QuestionnaireItemEnableWhen['operator'], wanted: unknown): boolean {
  if (operator === '=') return isSame(value, wanted);
  if (operator === '!=') return !isSame(value, wanted);
  const [one, other] = [comparable(value), comparable(wanted)];
  if (one === undefined || other === undefined || typeof one !== typeof other) return false;
  switch (operator) {
    case '>':
      return one > other;
    case '<':
      return one < other;
    case '>=':
      return one >= other;
    default:
      return one <= other;
  }
}

/** Numbers, dates and quantities have an order. */
function comparable(value: unknown): number | string | undefined {
  if (typeof value === 'number' || typeof value === 'string') return value;
  const { value: amount } = (value ?? {}) as { value?: unknown };
  return typeof amount === 'number' ? amount : undefined;
}

function answersByLinkId(items: QuestionnaireResponseItem[] | undefined, found: Answers): Answers {
  for (const item of items ?? []) {
    const values = (item.answer ?? []).flatMap((answer) => heldValue(answer)?.value ?? []);
    const known = found.get(item.linkId);
    if (!known) found.set(item.linkId, values);
    else for (const value of values) known.push(value);
    answersByLinkId(item.item, found);
    for (const answer of item.answer ?? []) answersByLinkId(answer.item, found);
  }
  return found;
}
