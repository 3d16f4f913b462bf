/** Answers by linkId -> real FHIR QuestionnaireResponses, one for each form that is answered. */
import { readFileSync } from 'node:fs';
import { YES_NO_SYSTEM } from '../../src/fhir/codings.ts';
import type {
  FhirResource,
  Questionnaire,
  QuestionnaireItem,
  QuestionnaireResponseItem,
  QuestionnaireResponseItemAnswer,
} from '../../src/fhir/types.ts';

/** `yes`, `no`, `notSure`, an option code, a list of them, a number, a date; a boolean as older forms hold it; `null` = not answered. */
type Answers = Record<string, string | number | boolean | string[] | null>;

/** A file of `bases/` (or several), and what differs from it. */
export type Form = {
  base?: string | string[];
  authored?: string;
  status?: string;
  /** Answered by staff; unsaid = by the person. */
  byStaff?: boolean;
  answers?: Answers;
};

const YES_NO: Record<string, string> = { yes: 'Y', no: 'N', notSure: 'UNK' };

/** Builds the responses of a form; `idPrefix` tells its resources from those of other forms. */
export function responsesOf(
  form: Form,
  idPrefix: string,
  questionnaires: Questionnaire[],
  subject: { reference: string },
): FhirResource[] {
  const answers: Answers = Object.assign({}, ...[form.base ?? []].flat().map(readBase), form.answers);
  const left = new Set(Object.keys(answers).filter((name) => answers[name] !== null));
  const responses = questionnaires.flatMap((questionnaire, at): FhirResource[] => {
    const item = itemsOf(questionnaire.item ?? [], answers, left);
    if (item.length === 0) return [];
    return [
      {
        resourceType: 'QuestionnaireResponse',
        id: `${idPrefix}-${questionnaire.id}`,
        questionnaire: `${questionnaire.url}|${questionnaire.version}`,
        status: (at === 0 ? (form.status ?? 'completed') : 'completed') as 'completed',
        subject,
        ...(form.byStaff && { source: { reference: 'Practitioner/case-midwife' } }),
        authored: form.authored ?? '{{now-1h}}',
        item,
      },
    ];
  });
  if (left.size > 0) throw new Error(`no question for: ${[...left].join(', ')}`);
  return responses;
}

const readBase = (base: string): Answers => JSON.parse(readFileSync(`test/cases/bases/${base}.json`, 'utf8'));

function itemsOf(items: QuestionnaireItem[], answers: Answers, left: Set<string>): QuestionnaireResponseItem[] {
  return items.flatMap((item): QuestionnaireResponseItem[] => {
    if (item.type === 'group') {
      const nested = itemsOf(item.item ?? [], answers, left);
      return nested.length > 0 ? [{ linkId: item.linkId, item: nested }] : [];
    }
    const answer = answers[item.linkId];
    if (answer === undefined || answer === null) return [];
    left.delete(item.linkId);
    const values = Array.isArray(answer) ? answer : [answer];
    return [{ linkId: item.linkId, answer: values.map((value) => answerOf(item, value)) }];
  });
}

function answerOf(item: QuestionnaireItem, value: string | number | boolean): QuestionnaireResponseItemAnswer {
  if (typeof value === 'boolean') return { valueBoolean: value };
  if (item.type === 'integer') return { valueInteger: Number(value) };
  if (item.type === 'date') return { valueDate: String(value) };
  if (item.type === 'quantity') {
    const unit = item.extension?.find(({ url }) => url.endsWith('/questionnaire-unitOption'))?.valueCoding;
    const code = unit?.code ?? '1';
    return { valueQuantity: { value: Number(value), unit: code, system: 'http://unitsofmeasure.org', code } };
  }
  const code = item.answerOption?.[0]?.valueCoding?.system === YES_NO_SYSTEM ? YES_NO[String(value)] : String(value);
  const option = item.answerOption?.find(({ valueCoding }) => valueCoding?.code === code);
  if (!option?.valueCoding) throw new Error(`${item.linkId} has no option ${value}`);
  return { valueCoding: option.valueCoding };
}
