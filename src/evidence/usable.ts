/** Which resources may be read at all: this patient's, in an accepted status (spec B.1 "Accepted statuses"). */
import type { Condition, FhirResource, MedicationRequest, MedicationStatement } from '../fhir/types.ts';
import type { SetAsideReason } from './fact.ts';
import { type Owner, ownership } from './ownership.ts';

export type Usability = 'all' | 'positives-only' | SetAsideReason;

/** Whether a resource counts, and how far. */
export function usability(resource: FhirResource, owner: Owner): Usability {
  return ownership(resource, owner) ?? byStatus(resource);
}

/** How far the status of a resource lets it count. */
export function byStatus(resource: FhirResource): Usability {
  switch (resource.resourceType) {
    case 'QuestionnaireResponse':
      return statusOf(resource.status, COMPLETED, UNFINISHED);
    case 'Observation':
      return statusOf(resource.status, FINAL, PRELIMINARY);
    case 'Procedure':
      return resource.status === 'completed' ? 'all' : 'status';
    case 'EpisodeOfCare':
    case 'Encounter':
      return NOT_HELD.includes(resource.status) ? 'status' : 'all';
    case 'ClinicalImpression':
      return resource.status === 'completed' ? 'all' : 'status';
    case 'Condition':
      return verified(resource) ? 'all' : 'status';
    case 'MedicationRequest':
    case 'MedicationStatement':
      return taken(resource) ? 'all' : 'status';
    case 'List':
      return resource.status === 'current' ? 'all' : 'status';
    default:
      return 'all';
  }
}

const COMPLETED = ['completed', 'amended'];
const UNFINISHED = ['in-progress', 'stopped'];
const FINAL = ['final', 'amended', 'corrected'];
const PRELIMINARY = ['preliminary', 'registered'];
const NOT_HELD = ['entered-in-error', 'cancelled'];

function statusOf(status: string, all: string[], positives: string[]): Usability {
  if (all.includes(status)) return 'all';
  return positives.includes(status) ? 'positives-only' : 'status';
}

/** What she takes now: stopped, planned or forbidden medicines are none, nor are mere proposals. */
function taken(medication: MedicationRequest | MedicationStatement): boolean {
  if (medication.status !== 'active') return false;
  if (medication.resourceType === 'MedicationStatement') return true;
  return medication.doNotPerform !== true && !NOT_ORDERED.includes(medication.intent);
}

const NOT_ORDERED = ['proposal', 'plan', 'option'];

/** Provisional and differential diagnoses count; refuted ones and errors do not. */
function verified({ verificationStatus }: Condition): boolean {
  const codes = verificationStatus?.coding?.map(({ code }) => code) ?? [];
  return !codes.includes('refuted') && !codes.includes('entered-in-error');
}
