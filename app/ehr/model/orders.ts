/** Orders of a person, drafts among them, and the catalogue that new ones are taken from. */
import type {
  ActivityDefinition,
  CodeableConcept,
  CommunicationRequest,
  FhirResource,
  MedicationRequest,
  ServiceRequest,
  Task,
} from 'fhir/r4';
import { isRestricted, searchFhir } from '../wire/fhir-server.ts';

export type Order = MedicationRequest | ServiceRequest | Task | CommunicationRequest;

/** Orders of the kinds that an EHR signs; tasks are only drafted and done. */
export const isSigned = ({ resourceType }: Order): boolean =>
  resourceType === 'MedicationRequest' || resourceType === 'ServiceRequest';

export async function readOrders(patientId: string): Promise<Order[]> {
  const found = await Promise.all(
    ['MedicationRequest', 'ServiceRequest', 'Task', 'CommunicationRequest'].map((type) =>
      searchFhir<Order>(`${type}?patient=${encodeURIComponent(patientId)}&_count=200`),
    ),
  );
  return found.flat();
}

export const readCatalogue = (): Promise<ActivityDefinition[]> =>
  searchFhir<ActivityDefinition>('ActivityDefinition?_count=200').catch(() => []);

export function nameOfOrder(order: Order): string {
  // What a private card drafted is as private as the card.
  if (isRestricted(order)) return 'Private order';
  if (order.resourceType === 'MedicationRequest') return conceptOf(order.medicationCodeableConcept);
  if (order.resourceType === 'CommunicationRequest') return order.payload?.[0]?.contentString ?? 'Message';
  return conceptOf(order.code) || (order.resourceType === 'Task' ? (order.description ?? '') : '');
}

const conceptOf = (concept: CodeableConcept | undefined): string =>
  concept?.text ?? concept?.coding?.[0]?.display ?? concept?.coding?.[0]?.code ?? '';

/** A draft order after an entry of the catalogue. */
export function draftFrom(definition: ActivityDefinition, patientId: string, encounterId?: string): Order {
  const { kind, code, productCodeableConcept, dosage, title = '' } = definition;
  const common = {
    status: 'draft' as const,
    intent: 'order' as const,
    subject: { reference: `Patient/${patientId}` },
    authoredOn: new Date().toISOString(),
    ...(encounterId !== undefined && { encounter: { reference: `Encounter/${encounterId}` } }),
  };
  if (kind !== 'MedicationRequest') return { resourceType: 'ServiceRequest', ...common, code: code ?? { text: title } };
  return {
    resourceType: 'MedicationRequest',
    ...common,
    medicationCodeableConcept: productCodeableConcept ?? code ?? { text: title },
    ...(dosage && { dosageInstruction: dosage }),
  };
}

export const referenceTo = ({ resourceType, id }: FhirResource): string => `${resourceType}/${id}`;
