/** A Decision as FHIR: GuidanceResponse, RequestGroup with drafts, and the evidence as Parameters. */
import type { CardContext } from '../cards/card-context.ts';
import { overdueNote } from '../cards/overdue.ts';
import { questionsToAsk } from '../cards/selection.ts';
import type { BundleEntry, Coding, FhirResource, GuidanceResponse, OperationOutcome } from '../fhir/types.ts';
import { evidenceParameters } from './evidence-parameters.ts';
import { proposalsOf, requestGroup } from './request-group.ts';

/** What of a Decision is confidential is as restricted as the private card. */
const RESTRICTED: Coding = {
  system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality',
  code: 'R',
  display: 'restricted',
};

type Entry = BundleEntry & { fullUrl: string };

/** The entries of one GuidanceResponse; it comes first, and names the others. */
export function decisionAsFhir(context: CardContext): BundleEntry[] {
  const { newUuid } = context;
  const entry = (resource: FhirResource): Entry => ({
    fullUrl: `urn:uuid:${newUuid()}`,
    resource: context.isPrivate ? { ...resource, meta: { security: [RESTRICTED] } } : resource,
  });
  const evidence = entry(evidenceParameters(context));
  const outcome = messages(context).map(entry);
  const proposals = proposalsOf(context);
  const drafts = new Map<string, Entry>();
  for (const { key, resource } of proposals.flatMap((proposal) => proposal.drafts)) {
    if (!drafts.has(key)) drafts.set(key, entry(resource));
  }
  const urls = new Map([...drafts].map(([key, { fullUrl }]) => [key, fullUrl]));
  const group = proposals.length > 0 ? entry(requestGroup(context, proposals, urls)) : undefined;
  const guidance = entry({
    ...guidanceResponse(context),
    ...(outcome.length > 0 && { evaluationMessage: outcome.map(({ fullUrl }) => ({ reference: fullUrl })) }),
    outputParameters: { reference: evidence.fullUrl },
    ...(group && { result: { reference: group.fullUrl } }),
  });
  return [guidance, ...(group ? [group] : []), ...drafts.values(), evidence, ...outcome];
}

function guidanceResponse(context: CardContext): GuidanceResponse {
  const { topic, decision, moment, patientId, encounterId } = context;
  return {
    resourceType: 'GuidanceResponse',
    moduleCanonical: `${topic.url}|${topic.version}`,
    status: statusOf(context),
    subject: { reference: `Patient/${patientId}` },
    ...(encounterId !== undefined && { encounter: { reference: `Encounter/${encounterId}` } }),
    occurrenceDateTime: new Date(moment.now).toISOString(),
    ...(topic.coding && { reasonCode: [{ coding: [topic.coding] }] }),
    note: [spokenResult(decision.level, context), overdueNote(topic, moment)].flatMap((text) => (text ? { text } : [])),
  };
}

/** Something could not be read: it needs data. Something is not answered: data would make it more complete. */
function statusOf({ decision }: CardContext): GuidanceResponse['status'] {
  const { unreadStatus, failures, level, evidence, silent } = decision;
  if (unreadStatus.length > 0 || failures.length > 0) return 'data-required';
  if (level === undefined && !silent && evidence.unread.length > 0) return 'data-required';
  const isOpen = evidence.unread.length > 0 || questionsToAsk(decision).length > 0;
  return isOpen ? 'data-requested' : 'success';
}

function spokenResult(level: string | undefined, { topic, decision }: CardContext): string {
  const group = topic.groups.find(({ code }) => code === level);
  if (group && !decision.silent) return `${group.title}. ${group.meaning}`.trim();
  if (decision.silent)
    return 'Nothing is to be said: what the plan is about was denied, and nothing stands against it.';
  return decision.gates.has('OUT') && decision.unreadStatus.length === 0
    ? 'The plan does not apply.'
    : 'No rule fired. This is no all-clear where data are named as missing.';
}

/** What could not be read or evaluated. */
function messages({ decision }: CardContext): OperationOutcome[] {
  const issue: OperationOutcome['issue'] = [
    ...decision.evidence.unread.map((type) => ({
      severity: 'warning' as const,
      code: 'incomplete' as const,
      diagnostics: `Could not be read: ${type}`,
    })),
    ...decision.failures.map(({ expression }) => ({
      severity: 'error' as const,
      code: 'exception' as const,
      diagnostics: `Could not be evaluated, taken as unknown: ${expression}`,
    })),
  ];
  return issue.length > 0 ? [{ resourceType: 'OperationOutcome', issue }] : [];
}
