/**
 * `QuestionnaireResponse/$extract`, observation-based (SDC, Form Data Extraction): each answer to an item with a code
 * becomes an Observation of that code. What is confidential stays in the response.
 */

import { ServiceError } from '../errors.ts';
import { isPrefilled } from '../evidence/prefilled.ts';
import { extensionBoolean } from '../fhir/extensions.ts';
import type {
  Bundle,
  Identifier,
  Observation,
  Questionnaire,
  QuestionnaireItem,
  QuestionnaireResponse,
  QuestionnaireResponseItem,
  QuestionnaireResponseItemAnswer,
  Reference,
} from '../fhir/types.ts';
import { baseOf } from '../knowledge/systems.ts';

type Origin = {
  response: QuestionnaireResponse & { authored: string; subject: Reference };
  derivedFrom: Reference;
  /** System of the identifiers by which a repeated transaction finds what it made. */
  system: string;
};

const SURVEY = {
  system: 'http://terminology.hl7.org/CodeSystem/observation-category',
  code: 'survey',
  display: 'Survey',
};

/**
 * A response that was validated -> a transaction.
 * @throws ServiceError `not-processable` when it is not finished, or does not say whose it is and when
 */
export function extract(questionnaire: Questionnaire, response: QuestionnaireResponse, newUuid: () => string): Bundle {
  const { status, authored, subject, id } = response;
  if (status !== 'completed' && status !== 'amended') throw unfit('only a completed response is extracted');
  if (authored === undefined) throw unfit('the response has no authored: nothing says when its answers were true');
  if (!subject?.reference) throw unfit('the response has no subject');
  const fullUrl = `urn:uuid:${newUuid()}`;
  const origin: Origin = {
    response: { ...response, authored, subject },
    derivedFrom: { reference: id === undefined ? fullUrl : `QuestionnaireResponse/${id}` },
    system: `${baseOf(questionnaire.url ?? '')}/extracted-answer`,
  };
  const observations = extractItems(questionnaire.item, response.item, origin);
  // A response that is nowhere yet goes along, so that what is derived from it has something to refer to.
  const own = { fullUrl, resource: response, request: { method: 'POST' as const, url: 'QuestionnaireResponse' } };
  const entries = observations.map((resource) => ({
    fullUrl: `urn:uuid:${newUuid()}`,
    resource,
    request: { method: 'POST' as const, url: 'Observation', ...onlyOnce(resource) },
  }));
  const all = id === undefined ? [own, ...entries] : entries;
  return { resourceType: 'Bundle', type: 'transaction', ...(all.length > 0 && { entry: all }) };
}

const unfit = (reason: string): ServiceError =>
  new ServiceError('not-processable', 'The response cannot be extracted', [reason]);

function onlyOnce({ identifier: [known] = [] }: Observation): { ifNoneExist?: string } {
  return known ? { ifNoneExist: `identifier=${encodeURIComponent(`${known.system}|${known.value}`)}` } : {};
}

function extractItems(
  wanted: QuestionnaireItem[] | undefined,
  given: QuestionnaireResponseItem[] | undefined,
  origin: Origin,
): Observation[] {
  return (given ?? []).flatMap((item) => {
    const definition = wanted?.find(({ linkId }) => linkId === item.linkId);
    // Also what stands inside a confidential item or group is confidential.
    if (!definition || extensionBoolean(definition, 'confidential')) return [];
    const own = (item.answer ?? []).flatMap((answer, at) => [
      ...(isPrefilled(answer) ? [] : extractAnswer(definition, answer, at, origin)),
      ...extractItems(definition.item, answer.item, origin),
    ]);
    return [...own, ...extractItems(definition.item, item.item, origin)];
  });
}

function extractAnswer(
  { linkId, code, text }: QuestionnaireItem,
  answer: QuestionnaireResponseItemAnswer,
  at: number,
  { response, derivedFrom, system }: Origin,
): Observation[] {
  // The first code is the one to write; the others are ways in which a chart may say the same.
  const [first] = code ?? [];
  if (!first) return [];
  const { id, authored, subject, encounter, status } = response;
  return [
    {
      resourceType: 'Observation',
      ...(id !== undefined && { identifier: [identifierOf(system, id, authored, linkId, at)] }),
      status: status === 'amended' ? 'amended' : 'final',
      category: [{ coding: [SURVEY] }],
      code: { coding: [first], ...(text !== undefined && { text }) },
      subject,
      ...(encounter && { encounter }),
      effectiveDateTime: authored,
      performer: [response.source ?? subject],
      ...valueIn(answer),
      derivedFrom: [derivedFrom],
    },
  ];
}

/** The same answer of the same hand-in, however often it is extracted. */
const identifierOf = (system: string, id: string, authored: string, linkId: string, at: number): Identifier => ({
  system,
  value: `${id}.${Date.parse(authored)}.${linkId}.${at}`,
});

/** R4 Observations hold no valueDate, valueDecimal or valueCoding: nothing of an answer is lost in what takes its place. */
function valueIn(answer: QuestionnaireResponseItemAnswer): Partial<Observation> {
  const { valueCoding, valueDate, valueDateTime, valueInteger, valueDecimal, valueQuantity } = answer;
  if (valueCoding) return { valueCodeableConcept: { coding: [valueCoding] } };
  const date = valueDate ?? valueDateTime;
  if (date !== undefined) return { valueDateTime: date };
  if (valueInteger !== undefined) return { valueInteger };
  if (valueDecimal !== undefined) {
    return { valueQuantity: { value: valueDecimal, system: 'http://unitsofmeasure.org', code: '1' } };
  }
  if (valueQuantity) return { valueQuantity };
  if (answer.valueBoolean !== undefined) return { valueBoolean: answer.valueBoolean };
  return answer.valueString === undefined ? {} : { valueString: answer.valueString };
}
