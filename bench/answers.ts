/** A completed QuestionnaireResponse made from the Questionnaire itself, so that it follows the form as the form changes. */
import type {
  Questionnaire,
  QuestionnaireItem,
  QuestionnaireItemAnswerOption,
  QuestionnaireResponse,
  QuestionnaireResponseItem,
  QuestionnaireResponseItemAnswer,
} from '../src/fhir/types.ts';
import { DAY, type Person } from './chart.ts';

const ALWAYS_YES = 'backPain';
/** One symptom in so many is answered with another option than the ordinary one. */
const ONE_IN = 19;

const codeOf = (element: Pick<QuestionnaireItem, 'extension'>, name: string) =>
  element.extension?.find(({ url }) => url.endsWith(`/${name}`))?.valueCode;

/** The ordinary answer: pregnant where that is asked, else "no" or "none", else the first option. */
function ordinaryIndex(options: QuestionnaireItemAnswerOption[]): number {
  const byMeaning = options.findIndex(
    (option) => codeOf(option, 'pregnancy-meaning') === 'pregnant' || codeOf(option, 'answer-meaning') === 'negative',
  );
  const byCode = options.findIndex(({ valueCoding }) => ['N', 'none'].includes(valueCoding?.code ?? ''));
  return Math.max(byMeaning >= 0 ? byMeaning : byCode, 0);
}

function choice(item: QuestionnaireItem, unusual: boolean): QuestionnaireResponseItemAnswer | undefined {
  const options = item.answerOption ?? [];
  const ordinary = ordinaryIndex(options);
  const coding = options[unusual ? (ordinary === 0 ? 1 : 0) : ordinary]?.valueCoding;
  return coding && { valueCoding: coding };
}

/** Due dates are the person's own; any other date is the last period. */
const dateOf = (item: QuestionnaireItem, { dueDate }: Person) =>
  codeOf(item, 'pregnancy-role')?.startsWith('edd')
    ? dueDate
    : new Date(Date.parse(dueDate) - 280 * DAY).toISOString().slice(0, 10);

function answer(
  item: QuestionnaireItem,
  position: number,
  person: Person,
): QuestionnaireResponseItemAnswer | undefined {
  const unusual = codeOf(item, 'fact-class') === 'symptom' && (position * 7 + person.seed) % ONE_IN === 0;
  switch (item.type) {
    case 'choice':
      return choice(item, unusual || item.linkId === ALWAYS_YES);
    case 'integer':
      return { valueInteger: person.seed % 7 };
    case 'date':
      return { valueDate: dateOf(item, person) };
    default:
      return undefined;
  }
}

/** Follow-up questions (`enableWhen`) and items that only the chart answers are left out. */
function answered(items: QuestionnaireItem[], person: Person): QuestionnaireResponseItem[] {
  return items.flatMap((item, position): QuestionnaireResponseItem[] => {
    if (item.readOnly || item.enableWhen) return [];
    if (item.type === 'group') return [{ linkId: item.linkId, item: answered(item.item ?? [], person) }];
    const given = answer(item, position, person);
    return given ? [{ linkId: item.linkId, text: item.text ?? item.linkId, answer: [given] }] : [];
  });
}

export function completedResponse(questionnaire: Questionnaire, person: Person): QuestionnaireResponse {
  const { url, version } = questionnaire;
  return {
    resourceType: 'QuestionnaireResponse',
    id: `${person.id}-response`,
    questionnaire: version ? `${url}|${version}` : `${url}`,
    status: 'completed',
    subject: { reference: `Patient/${person.id}` },
    authored: new Date(person.now.getTime() - (5 + (person.seed % 50)) * 60_000).toISOString(),
    item: answered(questionnaire.item ?? [], person),
  };
}
