/** One usable resource to the reader of its type. */
import type { Encounter, FhirResource, Patient, QuestionnaireResponse } from '../fhir/types.ts';
import type { Topic } from '../knowledge/topic.ts';
import type { Collector } from './collector.ts';
import { readAnswers } from './read-answers.ts';
import { readCondition, readEncounter } from './read-condition.ts';
import { readEpisode } from './read-episode.ts';
import { readObservation } from './read-observation.ts';
import { readPatient } from './read-patient.ts';
import { readProcedure } from './read-procedure.ts';
import { speaksPrivately } from './speaks-privately.ts';

export type Reading = {
  topic: Topic;
  /** The topic's own Questionnaires; answers to others are not read. */
  canonicals: ReadonlySet<string | undefined>;
  collector: Collector;
  /** The encounter of the hook. */
  encounterId: string | undefined;
  encounters: Encounter[];
  responses: QuestionnaireResponse[];
  patient?: Patient;
};

/** Reads a resource; `positivesOnly` for unfinished forms and preliminary results. */
export function readResource(resource: FhirResource, reading: Reading, positivesOnly: boolean): void {
  const { topic, collector } = reading;
  if (resource.resourceType === 'Observation') readObservation(resource, collector, positivesOnly);
  if (resource.resourceType === 'Condition') readCondition(resource, collector);
  if (resource.resourceType === 'Procedure') readProcedure(resource, collector);
  if (resource.resourceType === 'EpisodeOfCare') readEpisode(resource, collector);
  if (resource.resourceType === 'QuestionnaireResponse') readResponse(resource, reading, positivesOnly);
  if (resource.resourceType === 'Encounter') {
    reading.encounters.push(resource);
    readEncounter(resource, collector, resource.id === reading.encounterId);
  }
  if (resource.resourceType === 'Patient') {
    reading.patient = resource;
    readPatient(resource, collector, topic.facts.filter(readsPatient));
  }
}

function readResponse(response: QuestionnaireResponse, reading: Reading, positivesOnly: boolean): void {
  if (!reading.canonicals.has(response.questionnaire?.split('|')[0])) return;
  // A form of private answers alone is no triage form: it closes nothing and makes nothing fresh.
  if (!speaksPrivately(response, reading.collector.index)) reading.responses.push(response);
  readAnswers(response, reading.collector, positivesOnly);
}

const readsPatient = ({ sources }: Topic['facts'][number]): boolean =>
  sources.some(({ resource }) => resource === 'Patient');
