/** A clinical case: FHIR in; level, rules and text out. The format is described in CONTRIBUTING.md. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FhirResource, Questionnaire } from '../../src/fhir/types.ts';
import { type CaseTable, casesIn } from './case-table.ts';
import type { ClinicalCase, NamedCase } from './clinical-case.ts';
import { ordersOf } from './order-case.ts';
import { type Form, responsesOf } from './responses.ts';
import { atMoment } from './time.ts';

export type { ClinicalCase, NamedCase } from './clinical-case.ts';

const DEFAULT_NOW = '2026-11-25T10:00:00Z';
const PATIENT = 'case-patient';

/** All cases of a topic, by file name. */
export function readCases(topic: string): NamedCase[] {
  const folder = join('test/cases', topic);
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .flatMap((file) => casesIn(file, JSON.parse(readFileSync(join(folder, file), 'utf8')) as ClinicalCase | CaseTable));
}

/** The moment at which a case plays. */
export const momentOf = ({ now = DEFAULT_NOW }: ClinicalCase): string => now;

/** The hook request of a case, with everything in prefetch. */
export function hookRequestOf(clinicalCase: ClinicalCase, questionnaires: Questionnaire[]): Record<string, unknown> {
  const now = momentOf(clinicalCase);
  const resources = atMoment(chartOf(clinicalCase, questionnaires), now);
  const bundle = (type: string) => ({
    resourceType: 'Bundle',
    type: 'searchset',
    entry: resources.filter(({ resourceType }) => resourceType === type).map((resource) => ({ resource })),
  });
  const prefetch: Record<string, unknown> = {
    patient: {
      resourceType: 'Patient',
      id: PATIENT,
      gender: 'female',
      birthDate: '1996-02-03',
      ...clinicalCase.patient,
    },
    responses: bundle('QuestionnaireResponse'),
    observations: bundle('Observation'),
    conditions: bundle('Condition'),
    encounters: bundle('Encounter'),
    impressions: bundle('ClinicalImpression'),
    procedures: bundle('Procedure'),
    medications: bundle('MedicationRequest'),
    medicationStatements: bundle('MedicationStatement'),
    lists: bundle('List'),
    episodes: bundle('EpisodeOfCare'),
    ...clinicalCase.prefetch,
  };
  return {
    hook: clinicalCase.hook ?? (clinicalCase.orders ? 'order-sign' : 'patient-view'),
    hookInstance: '5c1f5f0a-6d2b-4b8e-9a55-0c4bb0b9f8d1',
    context: {
      userId: 'Practitioner/p1',
      patientId: PATIENT,
      ...((clinicalCase.faceToFace || clinicalCase.hook?.startsWith('encounter-')) && {
        encounterId: 'case-encounter',
      }),
      ...(clinicalCase.appointments && { appointments: appointmentsOf(clinicalCase, now) }),
      ...ordersOf(clinicalCase),
    },
    prefetch: Object.fromEntries(Object.entries(prefetch).filter(([, value]) => value !== 'absent')),
  };
}

function appointmentsOf({ appointments = [] }: ClinicalCase, now: string): Record<string, unknown> {
  const participant = [{ actor: { reference: `Patient/${PATIENT}` }, status: 'accepted' }];
  const resources = appointments.map((appointment, at) => ({
    resourceType: 'Appointment',
    id: `appointment-${at + 1}`,
    status: 'proposed',
    participant,
    ...appointment,
  }));
  const entry = atMoment(resources, now).map((resource) => ({ resource }));
  return { resourceType: 'Bundle', type: 'collection', entry };
}

function chartOf(clinicalCase: ClinicalCase, questionnaires: Questionnaire[]): FhirResource[] {
  const subject = { reference: `Patient/${PATIENT}` };
  const own = (clinicalCase.chart ?? []).map((resource, at) => ({ id: `chart-${at + 1}`, subject, ...resource }));
  return [
    ...pregnancyOf(clinicalCase, subject),
    ...formsOf(clinicalCase).flatMap((form, at) => responsesOf(form, `response-${at + 1}`, questionnaires, subject)),
    ...(clinicalCase.faceToFace ? [encounter(subject, clinicalCase.encounterClass)] : []),
    ...(own as FhirResource[]),
  ];
}

const formsOf = ({ form, earlierForms = [] }: ClinicalCase): Form[] => (form ? [form, ...earlierForms] : earlierForms);

function pregnancyOf({ gestation, located }: ClinicalCase, subject: { reference: string }): FhirResource[] {
  const resources: FhirResource[] = [];
  if (gestation !== undefined) {
    const [weeks = 0, days = 0] = gestation.split('+').map(Number);
    resources.push({
      resourceType: 'Observation',
      id: 'due-date',
      status: 'final',
      code: { coding: [{ system: 'http://loinc.org', code: '11778-8' }] },
      subject,
      effectiveDateTime: '{{now-3d}}',
      valueDateTime: inDays(280 - weeks * 7 - days),
    });
  }
  if (located) {
    resources.push({
      resourceType: 'Condition',
      id: 'intrauterine',
      clinicalStatus: {
        coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'active' }],
      },
      code: { coding: [{ system: 'http://snomed.info/sct', code: '65727000' }] },
      subject,
      recordedDate: '{{now-3d}}',
    });
  }
  return resources;
}

const inDays = (days: number): string => `{{today${days < 0 ? '' : '+'}${days}d}}`;

const encounter = (subject: { reference: string }, code = 'AMB'): FhirResource => ({
  resourceType: 'Encounter',
  id: 'case-encounter',
  status: 'in-progress',
  class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code },
  subject,
  period: { start: '{{now-1h}}' },
});
