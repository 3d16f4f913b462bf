/** Which resources may be read at all: this patient's, in an accepted status (spec B.1 "Accepted statuses"). */
import { typeAndId } from '../fhir/references.ts';
import type { Condition, FhirResource, Reference } from '../fhir/types.ts';
import type { SetAsideReason } from './fact.ts';

export type Usability = 'all' | 'positives-only' | SetAsideReason;

/** Whether a resource counts, and how far. */
export function usability(resource: FhirResource, patientId: string): Usability {
  return ownership(resource, patientId) ?? byStatus(resource);
}

function ownership(resource: FhirResource, patientId: string): SetAsideReason | undefined {
  if (resource.resourceType === 'Patient') return resource.id === patientId ? undefined : 'another-patient';
  const { subject, patient } = resource as { subject?: Reference; patient?: Reference };
  const owner = typeAndId(subject ?? patient);
  if (owner === undefined) return 'no-patient';
  return owner === `Patient/${patientId}` ? undefined : 'another-patient';
}

function byStatus(resource: FhirResource): Usability {
  switch (resource.resourceType) {
    case 'QuestionnaireResponse':
      return statusOf(resource.status, ['completed', 'amended'], ['in-progress', 'stopped']);
    case 'Observation':
      return statusOf(resource.status, ['final', 'amended', 'corrected'], ['preliminary', 'registered']);
    case 'Procedure':
      return resource.status === 'completed' ? 'all' : 'status';
    case 'EpisodeOfCare':
    case 'Encounter':
      return ['entered-in-error', 'cancelled'].includes(resource.status) ? 'status' : 'all';
    case 'ClinicalImpression':
      return resource.status === 'completed' ? 'all' : 'status';
    case 'Condition':
      return verified(resource) ? 'all' : 'status';
    default:
      return 'all';
  }
}

function statusOf(status: string, all: string[], positives: string[]): Usability {
  if (all.includes(status)) return 'all';
  return positives.includes(status) ? 'positives-only' : 'status';
}

/** Provisional and differential diagnoses count; refuted ones and errors do not. */
function verified({ verificationStatus }: Condition): boolean {
  const codes = verificationStatus?.coding?.map(({ code }) => code) ?? [];
  return !codes.includes('refuted') && !codes.includes('entered-in-error');
}
