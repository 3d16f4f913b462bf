/** A person's chart, read by the queries that the service itself publishes: the page need not know what matters. */
import type { FhirResource, Patient, Reference } from 'fhir/r4';
import { discovered } from '../wire/discovery.ts';
import { readFhir, searchFhir } from '../wire/fhir-server.ts';
import { filled } from '../wire/prefetch.ts';

export type PatientRecord = {
  /** Service id, which is the id of the plan. */
  planId: string;
  patient: Patient;
  resources: FhirResource[];
  /** Types that were read in full. */
  searched: string[];
};

const OPENED = 'patient-view';
const ALL_AT_ONCE = '1000';

/** One record. @throws Refusal when the person cannot be read */
export async function readRecord(patientId: string): Promise<PatientRecord> {
  const { planId, templates } = await published();
  const patient = (await readFhir(`Patient/${patientId}`)) as Patient;
  const queries = templates.filter((template) => template.includes('?'));
  const found = await Promise.all(
    queries.map((template) => searchFhir(filled(template, { patientId })).catch(() => undefined)),
  );
  return {
    planId,
    patient,
    resources: [patient, ...found.flatMap((list) => list ?? [])],
    searched: ['Patient', ...queries.filter((_, at) => found[at]).map(typeOf)],
  };
}

/** Every record of the server, each type read once for all. */
export async function readRecords(): Promise<PatientRecord[]> {
  const { planId, templates } = await published();
  const patients = await searchFhir<Patient>(`Patient?_count=${ALL_AT_ONCE}`);
  const queries = templates.filter((template) => template.includes('?'));
  const found = await Promise.all(queries.map((template) => searchFhir(ofEverybody(template)).catch(() => undefined)));
  const all = found.flatMap((list) => list ?? []);
  const searched = ['Patient', ...queries.filter((_, at) => found[at]).map(typeOf)];
  return patients.map((patient) => ({
    planId,
    patient,
    resources: [patient, ...all.filter((resource) => subjectOf(resource) === `Patient/${patient.id}`)],
    searched,
  }));
}

async function published(): Promise<{ planId: string; templates: string[] }> {
  const service = (await discovered()).find(({ hook }) => hook === OPENED);
  if (!service) throw new Error('No service is published for opening a chart.');
  return { planId: service.id, templates: Object.values(service.prefetch ?? {}) };
}

const typeOf = (template: string): string => template.split('?')[0] ?? '';

function ofEverybody(template: string): string {
  const asked = new URLSearchParams(template.split('?')[1]);
  asked.delete('patient');
  asked.set('_count', ALL_AT_ONCE);
  return `${typeOf(template)}?${asked}`;
}

const subjectOf = (resource: FhirResource): string | undefined => {
  const { subject, patient } = resource as { subject?: Reference; patient?: Reference };
  return (subject ?? patient)?.reference;
};

export function nameOf({ id = '', name = [] }: Patient): string {
  const [first] = name;
  const parts = [...(first?.given ?? []), first?.family].filter(Boolean);
  return parts.length > 0 ? parts.join(' ') : id;
}

/** The visit that is going on. */
export const openVisit = ({ resources }: PatientRecord): string | undefined =>
  resources.find(
    (one) => one.resourceType === 'Encounter' && ['arrived', 'triaged', 'in-progress'].includes(one.status),
  )?.id;
