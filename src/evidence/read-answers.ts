/** QuestionnaireResponses: answers at any depth, of the topic's own Questionnaires only. */
import { instantRange } from '../fhir/dates.ts';
import { referenceTo } from '../fhir/references.ts';
import type {
  QuestionnaireResponse,
  QuestionnaireResponseItem,
  QuestionnaireResponseItemAnswer,
} from '../fhir/types.ts';
import type { FactDefinition } from '../knowledge/fact-definition.ts';
import { type Collector, collect, type Origin } from './collector.ts';
import type { SetAsideReason } from './fact.ts';
import { isPrefilled } from './prefilled.ts';
import { type RecordedValue, readStatement, type Statement } from './statement.ts';

/** Reads every answer of a usable response. */
export function readAnswers(response: QuestionnaireResponse, collector: Collector, positivesOnly: boolean): void {
  readItems(response.item, collector, originOf(response, collector.moment.zone, positivesOnly));
}

/** What a response says of all its answers. */
export function originOf(response: QuestionnaireResponse, zone: string, positivesOnly: boolean): Origin {
  return {
    reference: referenceTo(response),
    source: answeredByStaff(response) ? 'clinician-answer' : 'answer',
    at: instantRange(response.authored, zone),
    positivesOnly,
    by: answeredBySomebodyElse(response),
  };
}

/** The patient herself, or nobody named, is the person. */
function answeredBySomebodyElse({ source }: QuestionnaireResponse): string | undefined {
  const named = source?.reference;
  return named === undefined || /(^|\/)Patient\//.test(named) ? undefined : named;
}

/** Who answered is `source`; who only wrote it down is `author`. Unsaid = the person. */
function answeredByStaff({ source }: QuestionnaireResponse): boolean {
  return /Practitioner/.test(source?.reference ?? source?.type ?? '');
}

function readItems(items: QuestionnaireResponseItem[] | undefined, collector: Collector, origin: Origin): void {
  if (!items) return;
  for (const item of items) {
    if (!item) continue;
    if (item.answer) readItem(item.linkId, item.answer, collector, origin);
    readItems(item.item, collector, origin);
    if (item.answer) for (const answer of item.answer) readItems(answer?.item, collector, origin);
  }
}

function readItem(linkId: string, given: QuestionnaireResponseItemAnswer[], collector: Collector, origin: Origin) {
  const answers = confirmed(given);
  if (answers.length === 0) return;
  for (const fact of collector.index.answers(linkId)) {
    collect(collector, { fact }, readAnswer(fact, answers), origin, answers[0]?.valueString);
  }
}

/** What was filled in from the chart and not confirmed would make an old statement of the chart a new one of hers. */
function confirmed(answers: QuestionnaireResponseItemAnswer[]): QuestionnaireResponseItemAnswer[] {
  return answers.some(isPrefilled) ? answers.filter((answer) => !isPrefilled(answer)) : answers;
}

function readAnswer(fact: FactDefinition, answers: QuestionnaireResponseItemAnswer[]): Statement | SetAsideReason {
  if (fact.kind !== 'choices') {
    if (answers.length === 1) return readStatement(fact, recordedValueOf(answers[0]));
    return oneOf(answers.map((answer) => readStatement(fact, recordedValueOf(answer))));
  }
  const ticked = answers.map((answer) => readStatement(fact, recordedValueOf(answer)));
  const read = ticked.filter((statement) => typeof statement === 'object');
  const [refused] = ticked.filter((statement) => typeof statement === 'string');
  if (read.length === 0) return refused ?? 'no-value';
  const positives = read.filter(({ sign }) => sign === 'positive');
  const kept = positives.length > 0 ? positives : read;
  return {
    value: kept.flatMap(({ value }) => value as string[]),
    sign: positives.length > 0 ? 'positive' : 'negative',
    recorded: kept.map(({ recorded }) => recorded).join(', '),
    // An option that could not be read, or "not sure" beside a tick, leaves the unticked options unknown.
    complete: refused === undefined,
  };
}

/** Of several answers to one question any positive counts; what contradicts it, or cannot be read, is no "no". */
function oneOf(statements: (Statement | SetAsideReason)[]): Statement | SetAsideReason {
  const positive = statements.find((one) => typeof one === 'object' && one.sign === 'positive');
  const refused = statements.find((one) => typeof one === 'string');
  return positive ?? refused ?? statements[0] ?? 'no-value';
}

function recordedValueOf(answer: QuestionnaireResponseItemAnswer | undefined): RecordedValue {
  return {
    coding: answer?.valueCoding,
    boolean: answer?.valueBoolean,
    number: answer?.valueInteger ?? answer?.valueDecimal,
    quantity: answer?.valueQuantity,
    date: answer?.valueDate ?? answer?.valueDateTime,
    text: answer?.valueString,
  };
}
