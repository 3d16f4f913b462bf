/** ActivityDefinition -> a draft of its kind: status draft, intent proposal, never an active order. */
import type { ActivityDefinition, FhirResource } from '../fhir/types.ts';
import type { PlanData } from './plan-data.ts';

type Priority = 'routine' | 'urgent' | 'asap' | 'stat';

/** @param actionPriority of the action that proposes it, where the activity has none */
export function draftOf(
  activity: ActivityDefinition,
  data: PlanData,
  actionPriority: Priority | undefined,
): FhirResource {
  const { kind, code, title, description, bodySite, doNotPerform, profile } = activity;
  const subject = { reference: `Patient/${data.patientId}` };
  const authoredOn = new Date(data.moment.now).toISOString();
  const priority = activity.priority ?? actionPriority;
  const canonical = activity.url && `${activity.url}${activity.version ? `|${activity.version}` : ''}`;
  const common = {
    ...(profile !== undefined && { meta: { profile: [profile] } }),
    ...(priority !== undefined && { priority }),
    ...(data.encounterId !== undefined && { encounter: { reference: `Encounter/${data.encounterId}` } }),
    status: 'draft' as const,
    authoredOn,
  };
  const instantiates = canonical ? { instantiatesCanonical: [canonical] } : {};
  const concept = code ?? { text: title ?? activity.name ?? activity.id ?? 'activity' };
  const performers = (activity.participant ?? []).map(({ type, role }) => role ?? { text: type });
  switch (kind) {
    case 'MedicationRequest':
      return {
        resourceType: 'MedicationRequest',
        ...common,
        ...instantiates,
        intent: 'proposal',
        subject,
        ...(activity.productReference
          ? { medicationReference: activity.productReference }
          : { medicationCodeableConcept: activity.productCodeableConcept ?? concept }),
        ...(activity.dosage && { dosageInstruction: activity.dosage }),
        ...(activity.quantity && { dispenseRequest: { quantity: activity.quantity } }),
        ...(doNotPerform !== undefined && { doNotPerform }),
        ...(performers[0] && { performerType: performers[0] }),
      };
    case 'Task':
      return {
        resourceType: 'Task',
        ...common,
        ...(canonical && { instantiatesCanonical: canonical }),
        intent: 'proposal',
        for: subject,
        code: concept,
        description: description ?? title ?? '',
        ...(performers.length > 0 && { performerType: performers }),
      };
    case 'CommunicationRequest':
      return {
        resourceType: 'CommunicationRequest',
        ...common,
        subject,
        ...(code && { category: [code] }),
        ...(doNotPerform !== undefined && { doNotPerform }),
        ...occurrence(activity),
        payload: [{ contentString: description ?? title ?? '' }],
      };
    default:
      return {
        resourceType: 'ServiceRequest',
        ...common,
        ...instantiates,
        intent: 'proposal',
        subject,
        code: concept,
        ...(bodySite && { bodySite }),
        ...(doNotPerform !== undefined && { doNotPerform }),
        ...occurrence(activity),
        ...(performers[0] && { performerType: performers[0] }),
        ...(activity.quantity && { quantityQuantity: activity.quantity }),
      };
  }
}

function occurrence({ timingDateTime, timingPeriod, timingTiming }: ActivityDefinition) {
  if (timingDateTime !== undefined) return { occurrenceDateTime: timingDateTime };
  if (timingPeriod !== undefined) return { occurrencePeriod: timingPeriod };
  return timingTiming !== undefined ? { occurrenceTiming: timingTiming } : {};
}
