/** Medicines that she takes now; an active order or statement is current, whatever its date. */
import { codingsOf } from '../fhir/codings.ts';
import { instantRange } from '../fhir/dates.ts';
import { referenceTo } from '../fhir/references.ts';
import type { CodeableConcept, FhirResource, MedicationRequest, MedicationStatement } from '../fhir/types.ts';
import { type Collector, collect, type Origin } from './collector.ts';
import { recordedPresence } from './statement.ts';

export type MedicationUse = MedicationRequest | MedicationStatement;

/** Medications by `Medication/id`: what an order that only refers to one is made of. */
export type Medications = ReadonlyMap<string, CodeableConcept | undefined>;

/** The Medications of a chart. */
export function medicationsById(resources: FhirResource[]): Medications {
  const medications = new Map<string, CodeableConcept | undefined>();
  for (const resource of resources) {
    if (resource.resourceType === 'Medication') medications.set(referenceTo(resource), resource.code);
  }
  return medications;
}

/** Reads what a usable order or statement says about any fact. */
export function readMedication(use: MedicationUse, collector: Collector, medications: Medications): void {
  const { now, zone } = collector.moment;
  const since = instantRange(startOf(use), zone);
  const end = instantRange(endOf(use), zone);
  const origin: Origin = { reference: referenceTo(use), source: 'medication', at: since, positivesOnly: false };
  const concept = medicationOf(use, medications);
  for (const match of collector.index.match(use.resourceType, codingsOf(concept))) {
    const { source } = match;
    const said = recordedPresence(match, concept);
    const known = end && end.to < now ? 'status' : tooShort(since?.to, source.heldFor, now) ? 'too-short' : said;
    collect(collector, match, known, origin);
  }
}

/** What is taken, as a concept with codes; undefined when nothing says it. */
export function medicationOf(use: MedicationUse, medications: Medications): CodeableConcept | undefined {
  const { medicationCodeableConcept: concept, medicationReference } = use;
  if (concept || !medicationReference?.reference) return concept;
  if (!medicationReference.reference.startsWith('#')) return medications.get(medicationReference.reference);
  const contained = (Array.isArray(use.contained) ? use.contained : []) as FhirResource[];
  const found = contained.find((resource) => `#${resource?.id}` === medicationReference.reference);
  return found?.resourceType === 'Medication' ? found.code : undefined;
}

function startOf(use: MedicationUse): string | undefined {
  if (use.resourceType === 'MedicationRequest') return use.authoredOn;
  return use.effectiveDateTime ?? use.effectivePeriod?.start ?? use.dateAsserted;
}

const endOf = (use: MedicationUse): string | undefined =>
  use.resourceType === 'MedicationStatement' ? use.effectivePeriod?.end : undefined;

/** Without a start nobody knows how long: not shown to be long. */
const tooShort = (since: number | undefined, heldFor: number | undefined, now: number): boolean =>
  heldFor !== undefined && (since === undefined || since > now - heldFor);
