/** The steps of the form: one question or one small group at a time, in the order of the Questionnaires. */
import type { Questionnaire, QuestionnaireItem } from 'fhir/r4';
import { confidentialIn } from './answers.ts';
import { type Item, isAsked, questionsOf } from './item.ts';

export type Step = {
  title: string;
  /** Where the title comes from, for the mark of its language. */
  group: QuestionnaireItem;
  items: Item[];
  /** Asked when she is alone. */
  isPrivate: boolean;
};

/** How much one screen of a phone holds; a long list or a date takes half of it. */
const ROOM = 4;
const LONG = 4;

/** @param only linkIds; when some are named, nothing else is asked but what opens with them */
export function stepsOf(forms: readonly Questionnaire[], only: ReadonlySet<string> | undefined): Step[] {
  const hidden = confidentialIn(forms);
  return forms.flatMap((form) =>
    (form.item ?? []).filter(isAsked).flatMap((group): Step[] => {
      const asked = questionsOf({ item: [group] }).filter((item) => isWanted(item, only));
      const isPrivate = asked.some(({ linkId }) => hidden.has(linkId));
      return portions(asked).map((items) => ({ title: group.text ?? '', group, items, isPrivate }));
    }),
  );
}

function isWanted({ linkId, enableWhen = [] }: Item, only: ReadonlySet<string> | undefined): boolean {
  return only === undefined || only.has(linkId) || enableWhen.some(({ question }) => only.has(question));
}

/** As few portions as the room allows, of about the same size; what a question opens stays with it. */
function portions(items: Item[]): Item[][] {
  const total = items.reduce((sum, item) => sum + sizeOf(item), 0);
  const size = total / Math.ceil(total / ROOM);
  const made: { items: Item[]; size: number }[] = [];
  for (const item of items) {
    const last = made.at(-1);
    const isFull = last === undefined || last.size + sizeOf(item) > Math.max(size, LONG / 2) + 0.99;
    if (isFull && !(last && item.enableWhen)) made.push({ items: [item], size: sizeOf(item) });
    else if (last) {
      last.items.push(item);
      last.size += sizeOf(item);
    }
  }
  return made.map((one) => one.items);
}

function sizeOf({ type, answerOption = [], enableWhen }: Item): number {
  if (enableWhen) return 0;
  return type === 'date' || answerOption.length > LONG ? ROOM / 2 : 1;
}
