/** Observations taken from a form are that form's answers, never a second source (spec B.1 "Three sources"). */
import { referenceTo, typeAndId } from '../fhir/references.ts';
import type { FhirResource, Observation, QuestionnaireResponse } from '../fhir/types.ts';
import type { Collector, Origin } from './collector.ts';
import { originOf } from './read-answers.ts';
import { byStatus } from './usable.ts';

/** The responses of a chart by `Type/id`. */
export function responsesById(resources: FhirResource[]): Map<string, QuestionnaireResponse> {
  const responses = new Map<string, QuestionnaireResponse>();
  for (const resource of resources) {
    if (resource.resourceType === 'QuestionnaireResponse') responses.set(referenceTo(resource), resource);
  }
  return responses;
}

/** The same person and the same date as the response, and superseded with it; a response that is not there is unknown. */
export function asAnswer({ derivedFrom }: Observation, own: Origin, { responses, moment }: Collector): Origin {
  if (!Array.isArray(derivedFrom)) return own;
  const form = derivedFrom.map(typeAndId).find((reference) => reference?.startsWith('QuestionnaireResponse/'));
  if (form === undefined) return own;
  const response = responses.get(form);
  if (!response) return { ...own, source: 'answer' };
  const { source, at, by, positivesOnly } = originOf(response, moment.zone, byStatus(response) !== 'all');
  return { ...own, source, at, by, positivesOnly: own.positivesOnly || positivesOnly };
}
