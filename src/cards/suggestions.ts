/** Suggestions: drafts only, never active orders (spec C.3, F.5). */
import type { Action, Suggestion } from '../cds-hooks/card.ts';
import type { ActivityDefinition, CodeableConcept, Coding, FhirResource } from '../fhir/types.ts';
import type { CardContext, CardSettings } from './card-context.ts';
import { proposedActions } from './detail-do.ts';
import { plainWords } from './escape.ts';

/** One suggestion for each proposed draft. */
export function suggestions(context: CardContext): Suggestion[] {
  return proposedActions(context).flatMap(({ title, activity }) => {
    if (!activity) return [];
    const action: Action = {
      type: 'create',
      description: plainWords(activity.description ?? title),
      resource: draft(activity, context),
    };
    return [{ label: plainWords(title), uuid: context.newUuid(), actions: [action] }];
  });
}

/** A draft resource after an ActivityDefinition of the catalogue. */
export function draft(
  activity: ActivityDefinition,
  { topic, patientId, encounterId, moment, findings, settings, isPrivate }: CardContext,
): FhirResource {
  const subject = { reference: `Patient/${patientId}` };
  const encounter = encounterId === undefined ? {} : { encounter: { reference: `Encounter/${encounterId}` } };
  const code = codeOf(activity, settings);
  const reasonCode = topic.coding ? { reasonCode: [{ coding: [topic.coding] }] } : {};
  const authoredOn = new Date(moment.now).toISOString();
  const priority = activity.priority ?? priorityOf(findings[0]?.group.rules[0]?.priority);
  const meta = isPrivate ? { meta: { security: [RESTRICTED] } } : {};
  const common = { ...meta, status: 'draft' as const, priority, authoredOn, ...encounter };
  switch (activity.kind) {
    case 'MedicationRequest':
      return {
        resourceType: 'MedicationRequest',
        ...common,
        ...reasonCode,
        intent: 'proposal',
        subject,
        medicationCodeableConcept: code,
      };
    case 'Task':
      return {
        resourceType: 'Task',
        ...common,
        intent: 'proposal',
        for: subject,
        code,
        description: activity.title ?? '',
      };
    case 'CommunicationRequest':
      return {
        resourceType: 'CommunicationRequest',
        ...common,
        ...reasonCode,
        subject,
        payload: [{ contentString: activity.title ?? '' }],
      };
    default:
      return { resourceType: 'ServiceRequest', ...common, ...reasonCode, intent: 'proposal', subject, code };
  }
}

/** The site's own codes first, then those of the catalogue. */
function codeOf(
  { id = '', title, code, productCodeableConcept }: ActivityDefinition,
  { orderCodes = {} }: CardSettings,
): CodeableConcept {
  const concept = productCodeableConcept ?? code ?? { text: title ?? id };
  const local = Object.hasOwn(orderCodes, id) ? (orderCodes[id] ?? []) : [];
  return local.length === 0 ? concept : { ...concept, coding: [...local, ...(concept.coding ?? [])] };
}

/** What a private card drafts is as confidential as the card. */
const RESTRICTED: Coding = {
  system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality',
  code: 'R',
  display: 'restricted',
};

const priorityOf = (priority: string | undefined): 'routine' | 'urgent' | 'asap' | 'stat' =>
  priority === 'stat' || priority === 'asap' || priority === 'urgent' ? priority : 'routine';
