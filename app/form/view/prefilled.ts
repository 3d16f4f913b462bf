/** "Your record says … Is that right?": until she says so it is the record's statement and no answer (ADR 0012). */
import type { QuestionnaireResponseItemAnswer } from 'fhir/r4';
import { element } from '../../shared/element.ts';
import type { Value } from '../model/answers.ts';
import type { Item } from '../model/item.ts';
import { heldValue } from '../model/response.ts';
import type { Words } from '../words.ts';
import { inText } from './call.ts';
import { answerWords, printDate } from './print-answer.ts';

type Input = {
  item: Item;
  answers: QuestionnaireResponseItemAnswer[];
  words: Words;
  lang: string;
  confirm: (values: Value[]) => void;
  change: () => void;
};

export function recordSays({ item, answers, words, lang, confirm, change }: Input): HTMLElement {
  const values = answers.flatMap((answer) => heldValue(answer) ?? []);
  const date = dateOf(answers[0]);
  const said = element('strong', {}, ...answerWords(item, values, words, lang));
  const text = (date === undefined ? words.recordSays : words.recordSaysAt)
    .replace('{date}', date === undefined ? '' : printDate(date, lang))
    .replace('{answer}', '{number}');
  const yes = element('button', { type: 'button' }, words.thatIsRight);
  yes.addEventListener('click', () => confirm(values));
  const no = element('button', { type: 'button', class: 'secondary' }, words.change);
  no.addEventListener('click', change);
  return element(
    'div',
    { class: 'record' },
    element('p', {}, ...inText(text, said), ' ', words.isThatRight),
    element('div', { class: 'pair' }, yes, no),
  );
}

/** When the record says it was true. */
function dateOf(answer: QuestionnaireResponseItemAnswer | undefined): string | undefined {
  const parts = answer?.extension?.flatMap(({ extension = [] }) => extension) ?? [];
  return parts.find(({ url }) => url === 'at')?.valueDateTime;
}
