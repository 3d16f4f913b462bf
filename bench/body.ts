/** Bodies of `patient-view` calls with a full prefetch, each of another person. */
import { randomUUID } from 'node:crypto';
import type { Bundle, Encounter, FhirResource, Observation, Questionnaire } from '../src/fhir/types.ts';
import { completedResponse } from './answers.ts';
import { conditions, DAY, HOUR, observations, type Person, patient } from './chart.ts';

const searchset = (...resources: FhirResource[]): Bundle => ({
  resourceType: 'Bundle',
  type: 'searchset',
  total: resources.length,
  entry: resources.map((resource) => ({ resource, search: { mode: 'match' } })),
});

/** The visit that began an hour ago. */
export const encounter = ({ id, now }: Person): Encounter => ({
  resourceType: 'Encounter',
  id: `${id}-encounter`,
  status: 'in-progress',
  class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
  subject: { reference: `Patient/${id}` },
  period: { start: new Date(now.getTime() - HOUR).toISOString() },
});

/** Somebody between 8 and 37 weeks pregnant at `now`. */
export function person(seed: number, now: Date): Person {
  const daysToGo = 21 + ((seed * 11) % 203);
  const dueDate = new Date(now.getTime() + daysToGo * DAY).toISOString().slice(0, 10);
  return { id: `bench-${seed}`, seed, now, dueDate };
}

type ObservationsOf = (person: Person) => Observation[];

function hookRequest(questionnaire: Questionnaire, seed: number, now: Date, observationsOf: ObservationsOf) {
  const who = person(seed, now);
  return {
    hook: 'patient-view',
    hookInstance: randomUUID(),
    context: { userId: 'Practitioner/bench', patientId: who.id, encounterId: `${who.id}-encounter` },
    prefetch: {
      patient: patient(who),
      responses: searchset(completedResponse(questionnaire, who)),
      observations: searchset(...observationsOf(who)),
      conditions: searchset(...conditions(who)),
      encounters: searchset(encounter(who)),
      procedures: searchset(),
      episodes: searchset(),
    },
  };
}

export const requestBodies = (
  questionnaire: Questionnaire,
  count: number,
  now: Date,
  observationsOf: ObservationsOf = observations,
): Buffer[] =>
  Array.from({ length: count }, (_, seed) =>
    Buffer.from(JSON.stringify(hookRequest(questionnaire, seed, now, observationsOf))),
  );
