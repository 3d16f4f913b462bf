/** Items of a Questionnaire as the page asks them. The page reads FHIR; it knows no linkId and no code of any form. */
import type { Questionnaire, QuestionnaireItem, QuestionnaireItemAnswerOption } from 'fhir/r4';

const HIDDEN = 'http://hl7.org/fhir/StructureDefinition/questionnaire-hidden';
const EXCLUSIVE = 'http://hl7.org/fhir/StructureDefinition/questionnaire-optionExclusive';
const UNIT_OPTION = 'http://hl7.org/fhir/StructureDefinition/questionnaire-unitOption';
const MINIMUM = 'http://hl7.org/fhir/StructureDefinition/minValue';
const MAXIMUM = 'http://hl7.org/fhir/StructureDefinition/maxValue';

export type Item = QuestionnaireItem;
export type Unit = { code: string; unit: string; system: string };

const extension = (of: { extension?: { url: string }[] | undefined }, url: string) =>
  of.extension?.find((one) => one.url === url) as Record<string, unknown> | undefined;

/** Asked of the person: what only a record answers is not. */
export const isAsked = (item: Item): boolean =>
  item.readOnly !== true && extension(item, HIDDEN)?.valueBoolean !== true;

/** Nothing of it may stay on the device, or be shown again. */
export const isConfidential = (item: Item): boolean =>
  item.extension?.some(({ url, valueBoolean }) => url.endsWith('/confidential') && valueBoolean === true) ?? false;

/** What a record says of it still holds; anything else changes from day to day and is asked anew. */
export const isLasting = (item: Item): boolean =>
  item.extension?.some(({ url, valueCode }) => url.endsWith('/fact-class') && valueCode === 'context') ?? false;

/** Ticked, it stands alone: "none", "not sure". */
export const isExclusive = (option: QuestionnaireItemAnswerOption): boolean =>
  extension(option, EXCLUSIVE)?.valueBoolean === true;

export const codeOf = ({ valueCoding, valueString }: QuestionnaireItemAnswerOption): string =>
  valueCoding?.code ?? valueString ?? '';

export const unitsOf = (item: Item): Unit[] =>
  (item.extension ?? []).flatMap(({ url, valueCoding }) => {
    if (url !== UNIT_OPTION || !valueCoding?.code) return [];
    const { code, display, system = '' } = valueCoding;
    return [{ code, unit: display ?? code, system }];
  });

export type Range = { min?: number; max?: number };

/** What a number may be. */
export function rangeOf(item: Item): Range {
  const [min, max] = [numberIn(extension(item, MINIMUM)), numberIn(extension(item, MAXIMUM))];
  return { ...(min !== undefined && { min }), ...(max !== undefined && { max }) };
}

function numberIn(found: Record<string, unknown> | undefined): number | undefined {
  const { valueInteger, valueDecimal, valueQuantity } = found ?? {};
  const value = valueInteger ?? valueDecimal ?? (valueQuantity as { value?: number } | undefined)?.value;
  return typeof value === 'number' ? value : undefined;
}

/** Questions of a form in its order, at any depth, groups and texts apart; those inside a confidential group are too. */
export function questionsOf({ item }: Pick<Questionnaire, 'item'>): Item[] {
  return (item ?? []).flatMap((one): Item[] => {
    if (!isAsked(one)) return [];
    const own = one.type === 'group' || one.type === 'display' ? [] : [one];
    return [...own, ...questionsOf(one)];
  });
}
