/** Which questions are open now (FHIR R4, Questionnaire.item.enableWhen); what is not asked has no answer. */
import type { Questionnaire, QuestionnaireItem, QuestionnaireItemEnableWhen } from 'fhir/r4';
import type { Answers, Value } from './answers.ts';

/** linkIds of items that are disabled, or stand in one that is. */
export function disabledIn({ item }: Questionnaire, answers: Answers): Set<string> {
  const disabled = new Set<string>();
  const visit = (items: QuestionnaireItem[] | undefined, inside: boolean): void => {
    for (const one of items ?? []) {
      const off = inside || !isEnabled(one, answers, disabled);
      if (off) disabled.add(one.linkId);
      visit(one.item, off);
    }
  };
  visit(item, false);
  return disabled;
}

function isEnabled(
  { enableWhen, enableBehavior }: QuestionnaireItem,
  answers: Answers,
  disabled: Set<string>,
): boolean {
  if (!enableWhen?.length) return true;
  const holds = (one: QuestionnaireItemEnableWhen) =>
    meets(one, disabled.has(one.question) ? [] : (answers.get(one.question) ?? []));
  return enableBehavior === 'all' ? enableWhen.every(holds) : enableWhen.some(holds);
}

function meets(condition: QuestionnaireItemEnableWhen, given: readonly Value[]): boolean {
  if (condition.operator === 'exists') return given.length > 0 === (condition.answerBoolean === true);
  const wanted = wantedOf(condition);
  return wanted !== undefined && given.some((value) => compares(plain(value), condition.operator, wanted));
}

function wantedOf(condition: QuestionnaireItemEnableWhen): string | number | undefined {
  const { answerCoding, answerInteger, answerDecimal, answerDate, answerString, answerQuantity } = condition;
  return answerCoding?.code ?? answerInteger ?? answerDecimal ?? answerDate ?? answerString ?? answerQuantity?.value;
}

const plain = (value: Value): string | number => (typeof value === 'object' ? value.value : value);

function compares(value: string | number, operator: string | undefined, wanted: string | number): boolean {
  if (typeof value !== typeof wanted) return operator === '!=';
  switch (operator) {
    case '=':
      return value === wanted;
    case '!=':
      return value !== wanted;
    case '>':
      return value > wanted;
    case '<':
      return value < wanted;
    case '>=':
      return value >= wanted;
    default:
      return operator === '<=' && value <= wanted;
  }
}
