/** Words of the knowledge on the page: what has no translation is marked, never silently mixed in. */
import type { Element as FhirElement, QuestionnaireItem, QuestionnaireItemAnswerOption } from 'fhir/r4';
import { type Child, element } from '../../shared/element.ts';
import type { Told } from '../model/alerts.ts';
import type { Words } from '../words.ts';

const LANGUAGE = 'http://hl7.org/fhir/StructureDefinition/language';

/** Nodes for a text; `lang` is its language when that is not the page's. */
export function spoken(text: string, lang: string | undefined, words: Words): Child[] {
  if (lang === undefined) return [text];
  return [
    element('span', { lang, dir: 'ltr' }, text),
    ' ',
    element('span', { class: 'quiet' }, `(${words.inOtherLanguage})`),
  ];
}

export const told = ({ text, lang }: Told, words: Words): Child[] => spoken(text, lang, words);
export const itemWords = (item: QuestionnaireItem, words: Words): Child[] =>
  spoken(item.text ?? '', foreign(item._text), words);
export const optionWords = ({ valueCoding, valueString }: QuestionnaireItemAnswerOption, words: Words): Child[] =>
  spoken(valueCoding?.display ?? valueString ?? valueCoding?.code ?? '', foreign(valueCoding?._display), words);

function foreign(shadow: FhirElement | undefined): string | undefined {
  return shadow?.extension?.find(({ url }) => url === LANGUAGE)?.valueCode;
}
