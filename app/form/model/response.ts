/** Answers -> QuestionnaireResponse. The response keeps the words as they were authored, whatever language was read. */
import type {
  Questionnaire,
  QuestionnaireItem,
  QuestionnaireResponse,
  QuestionnaireResponseItem,
  QuestionnaireResponseItemAnswer,
} from 'fhir/r4';
import type { Answers, Value } from './answers.ts';
import { disabledIn } from './enable-when.ts';
import { codeOf, isAsked, unitsOf } from './item.ts';

export type Head = { patientId: string; authored: string; status: 'in-progress' | 'completed' };

/** Of a form as it was authored; undefined when nothing of it is answered. */
export function responseTo(form: Questionnaire, answers: Answers, head: Head): QuestionnaireResponse | undefined {
  const item = itemsOf(form.item, answers, disabledIn(form, answers));
  if (item.length === 0) return undefined;
  const subject = { reference: `Patient/${head.patientId}` };
  return {
    resourceType: 'QuestionnaireResponse',
    questionnaire: `${form.url}|${form.version}`,
    status: head.status,
    subject,
    authored: head.authored,
    source: subject,
    item,
  };
}

function itemsOf(
  items: QuestionnaireItem[] | undefined,
  answers: Answers,
  disabled: ReadonlySet<string>,
): QuestionnaireResponseItem[] {
  return (items ?? []).flatMap((item): QuestionnaireResponseItem[] => {
    if (disabled.has(item.linkId) || !isAsked(item)) return [];
    const answer = (answers.get(item.linkId) ?? []).flatMap((value) => answerOf(item, value) ?? []);
    const inside = itemsOf(item.item, answers, disabled);
    if (answer.length === 0 && inside.length === 0) return [];
    return [
      {
        linkId: item.linkId,
        ...(item.text !== undefined && { text: item.text }),
        ...(answer.length > 0 && { answer }),
        ...(inside.length > 0 && { item: inside }),
      },
    ];
  });
}

function answerOf(item: QuestionnaireItem, value: Value): QuestionnaireResponseItemAnswer | undefined {
  switch (item.type) {
    case 'choice':
      return optionOf(item, value);
    case 'integer':
      return typeof value === 'number' ? { valueInteger: value } : undefined;
    case 'decimal':
      return typeof value === 'number' ? { valueDecimal: value } : undefined;
    case 'quantity':
      return quantityOf(item, value);
    case 'date':
      return typeof value === 'string' ? { valueDate: value } : undefined;
    case 'string':
    case 'text':
      return typeof value === 'string' ? { valueString: value } : undefined;
    default:
      return undefined;
  }
}

function optionOf({ answerOption = [] }: QuestionnaireItem, value: Value) {
  const coding = answerOption.find((option) => codeOf(option) === value)?.valueCoding;
  return coding && { valueCoding: coding };
}

function quantityOf(item: QuestionnaireItem, value: Value): QuestionnaireResponseItemAnswer | undefined {
  if (typeof value !== 'object') return undefined;
  const unit = unitsOf(item).find(({ code }) => code === value.unit);
  return unit && { valueQuantity: { value: value.value, ...unit } };
}

/** Answers of a response, for the page: what `$populate` gives. */
export function valuesIn(
  items: QuestionnaireResponseItem[] | undefined,
): Map<string, QuestionnaireResponseItemAnswer[]> {
  const found = new Map<string, QuestionnaireResponseItemAnswer[]>();
  for (const { linkId, answer, item } of items ?? []) {
    if (answer) found.set(linkId, answer);
    for (const [inner, values] of valuesIn(item)) found.set(inner, values);
  }
  return found;
}

/** An answer of FHIR as the page holds it. */
export function heldValue(answer: QuestionnaireResponseItemAnswer): Value | undefined {
  const { valueCoding, valueInteger, valueDecimal, valueQuantity, valueDate, valueString } = answer;
  if (valueQuantity?.value !== undefined) return { value: valueQuantity.value, unit: valueQuantity.code ?? '' };
  return valueCoding?.code ?? valueInteger ?? valueDecimal ?? valueDate ?? valueString;
}
