/** One usable resource to the reader of its type. */
import type { Encounter, FhirResource, List, Patient, QuestionnaireResponse } from '../fhir/types.ts';
import type { FactDefinition } from '../knowledge/fact-definition.ts';
import { oncePer } from '../knowledge/once-per.ts';
import type { Topic } from '../knowledge/topic.ts';
import type { Collector } from './collector.ts';
import { readAnswers } from './read-answers.ts';
import { readCondition, readEncounter } from './read-condition.ts';
import { readEpisode } from './read-episode.ts';
import { type Medications, type MedicationUse, readMedication } from './read-medication.ts';
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
  medications: Medications;
  lists: List[];
  uses: MedicationUse[];
  patient?: Patient;
};

/** Reads a resource; `positivesOnly` for unfinished forms and preliminary results. */
export function readResource(resource: FhirResource, reading: Reading, positivesOnly: boolean): void {
  if (resource.resourceType === 'Encounter') reading.encounters.push(resource);
  if (resource.resourceType === 'Patient') reading.patient = resource;
  if (resource.resourceType === 'List') reading.lists.push(resource);
  if (resource.resourceType === 'MedicationRequest' || resource.resourceType === 'MedicationStatement') {
    reading.uses.push(resource);
  }
  if (resource.resourceType === 'QuestionnaireResponse' && isForm(resource, reading)) reading.responses.push(resource);
  readStatements(resource, reading, positivesOnly);
}

/** Collects what a resource says about any fact. */
export function readStatements(resource: FhirResource, reading: Reading, positivesOnly: boolean): void {
  const { topic, collector } = reading;
  switch (resource.resourceType) {
    case 'Observation':
      readObservation(resource, collector, positivesOnly);
      break;
    case 'Condition':
      readCondition(resource, collector);
      break;
    case 'QuestionnaireResponse':
      if (isOwn(resource, reading)) readAnswers(resource, collector, positivesOnly);
      break;
    case 'Encounter':
      readEncounter(resource, collector, resource.id === reading.encounterId);
      break;
    case 'Patient':
      readPatient(resource, collector, ofPatient(topic.facts));
      break;
    case 'Procedure':
      readProcedure(resource, collector);
      break;
    case 'EpisodeOfCare':
      readEpisode(resource, collector);
      break;
    case 'MedicationRequest':
    case 'MedicationStatement':
      readMedication(resource, collector, reading.medications);
      break;
  }
}

/** A form of private answers alone is no triage form: it closes nothing and makes nothing fresh. */
const isForm = (response: QuestionnaireResponse, reading: Reading): boolean =>
  isOwn(response, reading) && !speaksPrivately(response, reading.collector.index);

const isOwn = ({ questionnaire }: QuestionnaireResponse, { canonicals }: Reading): boolean =>
  canonicals.has(questionnaire?.split('|')[0]);

const ofPatient = oncePer((facts: FactDefinition[]) =>
  facts.filter(({ sources }) => sources.some(({ resource }) => resource === 'Patient')),
);
