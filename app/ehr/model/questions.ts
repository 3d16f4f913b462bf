/** What the knowledge asks and measures, from its Questionnaires: the page knows no code and no linkId of its own. */
import type { Bundle, Coding, Extension, Questionnaire, QuestionnaireItem } from 'fhir/r4';
import { answered } from '../wire/send.ts';
import { signedFor } from '../wire/token.ts';

export type Question = {
  form: Questionnaire;
  item: QuestionnaireItem;
  /** Groups around it, from the outside. */
  groups: QuestionnaireItem[];
  label: string;
  codes: Coding[];
  unit: { code: string; display: string; system: string } | undefined;
  /** The person is the one who knows; else a clinician is. */
  isOfPerson: boolean;
  /** Does not change from day to day. */
  isLasting: boolean;
  normal: { from?: number; below?: number } | undefined;
};

const HIDDEN = 'http://hl7.org/fhir/StructureDefinition/questionnaire-hidden';
const UNIT = 'http://hl7.org/fhir/StructureDefinition/questionnaire-unitOption';
const NUMBERS = ['quantity', 'integer', 'decimal'];

/** Every question that may stand on a screen: confidential, hidden and computed ones are left out. @throws Refusal */
export async function readQuestions(): Promise<Question[]> {
  const url = new URL('../fhir-api/Questionnaire', document.baseURI).href;
  const signed = await signedFor(url);
  const { entry = [] } = await answered<Bundle<Questionnaire>>({ purpose: 'Read the questions', url, signed });
  return entry.flatMap(({ resource }) => (resource ? questionsIn(resource, resource.item, []) : []));
}

function questionsIn(form: Questionnaire, items: QuestionnaireItem[] = [], groups: QuestionnaireItem[]): Question[] {
  return items.flatMap((item): Question[] => {
    if (isHidden(item)) return [];
    const inner = questionsIn(form, item.item, [...groups, item]);
    return item.type === 'group' || item.type === 'display' ? inner : [question(form, item, groups), ...inner];
  });
}

const own = (item: QuestionnaireItem, name: string): Extension | undefined =>
  item.extension?.find(({ url }) => url.endsWith(`/${name}`));

const isHidden = (item: QuestionnaireItem): boolean =>
  own(item, 'confidential')?.valueBoolean === true ||
  item.extension?.some(({ url, valueBoolean }) => url === HIDDEN && valueBoolean === true) === true;

function question(form: Questionnaire, item: QuestionnaireItem, groups: QuestionnaireItem[]): Question {
  const factClass = own(item, 'fact-class')?.valueCode ?? '';
  const unit = item.extension?.find(({ url }) => url === UNIT)?.valueCoding;
  return {
    form,
    item,
    groups,
    label: own(item, 'fact-label')?.valueString ?? item.text ?? item.linkId,
    codes: item.code ?? [],
    unit: unit?.code ? { code: unit.code, display: unit.display ?? unit.code, system: unit.system ?? '' } : undefined,
    isOfPerson: ['symptom', 'context'].includes(factClass),
    isLasting: factClass === 'context',
    normal: rangeOf(own(item, 'normal-range')),
  };
}

function rangeOf(range: Extension | undefined): Question['normal'] {
  if (!range) return undefined;
  const [from, below] = ['from', 'below'].map((name) => range.extension?.find(({ url }) => url === name)?.valueDecimal);
  return { ...(from !== undefined && { from }), ...(below !== undefined && { below }) };
}

export const isNumber = ({ item }: Question): boolean => NUMBERS.includes(item.type);

/** Can be measured here and now: has a code and a unit. */
export const isMeasured = (one: Question): boolean =>
  one.item.type === 'quantity' && one.codes.length > 0 && !!one.unit;

/** Can be answered here and now: a choice, or a number without a unit. */
export const isAnswered = ({ item, codes, unit }: Question): boolean =>
  item.readOnly !== true && (item.type === 'choice' || (item.type === 'integer' && codes.length > 0 && !unit));
