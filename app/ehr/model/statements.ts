/** What is written down at the chart: a measurement, or an answer to one question. */
import type { Coding, Observation, QuestionnaireResponse, QuestionnaireResponseItem } from 'fhir/r4';
import { USER } from '../wire/call-hook.ts';
import type { Question } from './questions.ts';

export function measurement({ codes, unit, label }: Question, value: number, patientId: string): Observation {
  const [coding] = codes;
  const quantity = { value, unit: unit?.display ?? '', system: unit?.system ?? '', code: unit?.code ?? '' };
  return {
    resourceType: 'Observation',
    status: 'final',
    code: { ...(coding && { coding: [coding] }), text: label },
    subject: { reference: `Patient/${patientId}` },
    effectiveDateTime: new Date().toISOString(),
    valueQuantity: quantity,
  };
}

/** @param value a code of the question's options, or a whole number */
export function answerTo(question: Question, value: string, patientId: string): QuestionnaireResponse {
  const { form, item, groups } = question;
  const option = item.answerOption?.find(({ valueCoding }) => valueCoding?.code === value)?.valueCoding;
  const answer = option ? { valueCoding: plain(option) } : { valueInteger: Number(value) };
  const patient = { reference: `Patient/${patientId}` };
  const innermost: QuestionnaireResponseItem = { linkId: item.linkId, text: item.text ?? '', answer: [answer] };
  const nested = groups.reduceRight<QuestionnaireResponseItem>(
    (inner, { linkId, text }) => ({ linkId, ...(text !== undefined && { text }), item: [inner] }),
    innermost,
  );
  return {
    resourceType: 'QuestionnaireResponse',
    questionnaire: `${form.url}|${form.version}`,
    status: 'completed',
    subject: patient,
    source: question.isOfPerson ? patient : { reference: USER },
    authored: new Date().toISOString(),
    item: [nested],
  };
}

const plain = ({ system, code, display }: Coding): Coding => ({
  ...(system !== undefined && { system }),
  ...(code !== undefined && { code }),
  ...(display !== undefined && { display }),
});
