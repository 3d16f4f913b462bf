/** Charts of a population, one after the other: about a dozen resources and 8 kB each, the same at every run. */
import type {
  EpisodeOfCare,
  FhirResource,
  Questionnaire,
  QuestionnaireResponse,
  QuestionnaireResponseItem,
  QuestionnaireResponseItemAnswer,
} from '../src/fhir/types.ts';
import { completedResponse } from './answers.ts';
import { encounter, person } from './body.ts';
import { conditions, DAY, HOUR, type Person, patient, pregnancyObservations, vitalSigns } from './chart.ts';

/** When the population is looked at. */
export const MOMENT = new Date('2026-03-01T08:00:00Z');
/** What was searched for, and there is none of it. */
export const NONE_OF = ['Procedure', 'MedicationRequest', 'MedicationStatement', 'List'];

/** A line of NDJSON, without its end. */
export type Line = { type: string; text: string };

/** So many charts differ; then they come again, of other patients. */
const DIFFERENT = 2_000;
/** Spread over the values that charts are made of, so that neighbours differ. */
const seedOf = (number: number) => (number * 7_919) % 9_973;
const ID = 'patient';

/** One in eight has answered nothing, one in four everything, the others what is asked first. */
function answersOf(number: number): number {
  if (number % 8 === 0) return 0;
  return number % 4 === 1 ? Number.POSITIVE_INFINITY : 8 + (number % 9);
}

/** Lines of the export of each patient, by number, with their types. */
export function populationOf(questionnaire: Questionnaire): (number: number) => Line[] {
  const made = Array.from({ length: DIFFERENT }, () => undefined as Line[] | undefined);
  return (number) => {
    const at = number % DIFFERENT;
    made[at] ??= chartOf(questionnaire, at).map((resource) => ({
      type: resource.resourceType,
      text: JSON.stringify(resource),
    }));
    return made[at].map(({ type, text }) => ({ type, text: text.replaceAll(`${ID}-${at}`, `${ID}-${number}`) }));
  };
}

function chartOf(questionnaire: Questionnaire, number: number): FhirResource[] {
  const who = { ...person(seedOf(number), MOMENT), id: `${ID}-${number}` };
  const answers = answersOf(number);
  return [
    patient(who),
    ...(answers === 0 ? [] : [someAnswers(completedResponse(questionnaire, who), answers)]),
    ...pregnancyObservations(who),
    ...vitalSigns(who, 0, HOUR + (who.seed % 40) * HOUR, 3),
    ...conditions(who).slice(0, 2),
    antenatalCare(who),
    encounter(who),
  ];
}

const antenatalCare = ({ id, now, seed }: Person): EpisodeOfCare => ({
  resourceType: 'EpisodeOfCare',
  id: `${id}-episode`,
  status: 'active',
  type: [{ coding: [{ system: 'http://snomed.info/sct', code: '424525001', display: 'Antenatal care' }] }],
  patient: { reference: `Patient/${id}` },
  period: { start: new Date(now.getTime() - (10 + (seed % 50)) * DAY).toISOString().slice(0, 10) },
});

/** The first answers of a response, as an export has them: codes, without the words in other languages. */
function someAnswers(response: QuestionnaireResponse, most: number): QuestionnaireResponse {
  let left = most;
  const some = (items: QuestionnaireResponseItem[]): QuestionnaireResponseItem[] =>
    items.flatMap(({ linkId, item, answer = [] }): QuestionnaireResponseItem[] => {
      if (left === 0) return [];
      if (item) return [{ linkId, item: some(item) }];
      left -= 1;
      return [{ linkId, answer: answer.map(inOneLanguage) }];
    });
  return { ...response, item: some(response.item ?? []) };
}

function inOneLanguage(answer: QuestionnaireResponseItemAnswer): QuestionnaireResponseItemAnswer {
  if (!answer.valueCoding) return answer;
  const { system = '', code = '', display = '' } = answer.valueCoding;
  return { valueCoding: { system, code, display } };
}
