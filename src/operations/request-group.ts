/** What a Decision proposes: the printed rules, most urgent first, and drafts; nothing of it is an order. */
import type { CardContext } from '../cards/card-context.ts';
import { proposedActions } from '../cards/detail-do.ts';
import { printedRules } from '../cards/selection.ts';
import { draft } from '../cards/suggestions.ts';
import type { RuleResult } from '../decision/decision.ts';
import type { BundleEntry, FhirResource, RelatedArtifact, RequestGroup, RequestGroupAction } from '../fhir/types.ts';
import type { Citation, RuleAction } from '../knowledge/topic.ts';

export type Draft = { action: RuleAction; resource: FhirResource };
type PlacedDraft = Draft & { entry: BundleEntry & { fullUrl: string } };

/** The drafts of the proposed actions, each once. */
export const draftsOf = (context: CardContext): Draft[] =>
  proposedActions(context).flatMap((action) =>
    action.activity ? [{ action, resource: draft(action.activity, context) }] : [],
  );

/** Rules as actions of one group; what they propose stands last, each once, as on the card. */
export function requestGroup(context: CardContext, drafts: PlacedDraft[]): RequestGroup {
  const { topic, decision, moment, patientId, encounterId, findings } = context;
  const printed = printedRules(decision.results);
  const rules = findings.flatMap(({ group, fired, raised }) => [
    ...fired.filter((result) => printed.includes(result)).map((result) => ruleAction(result, group.title)),
    ...raised.map(({ result }) => ruleAction(result, `${group.title}: cannot exclude`)),
  ]);
  return {
    resourceType: 'RequestGroup',
    instantiatesCanonical: [`${topic.url}|${topic.version}`],
    status: 'draft',
    intent: 'proposal',
    subject: { reference: `Patient/${patientId}` },
    ...(encounterId !== undefined && { encounter: { reference: `Encounter/${encounterId}` } }),
    authoredOn: new Date(moment.now).toISOString(),
    ...(topic.coding && { reasonCode: [{ coding: [topic.coding] }] }),
    action: [...rules, ...proposedActions(context).map((action) => proposal(action, drafts))],
  };
}

function ruleAction({ rule }: RuleResult, prefix: string): RequestGroupAction {
  return {
    id: rule.id,
    title: `${prefix}: ${rule.title}`,
    ...(rule.why !== '' && { textEquivalent: rule.why }),
    priority: rule.priority as 'routine',
    ...(rule.topic.length > 0 && { code: rule.topic }),
    documentation: rule.citations.map(documentation),
  };
}

function proposal(action: RuleAction, drafts: PlacedDraft[]): RequestGroupAction {
  const made = drafts.find((one) => one.action === action);
  const form = action.questionnaire?.url;
  return {
    title: action.title,
    ...(made && {
      type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/action-type', code: 'create' }] },
      resource: { reference: made.entry.fullUrl },
    }),
    ...(form !== undefined && { documentation: [{ type: 'documentation' as const, resource: form }] }),
  };
}

export function documentation({ label, display, url, citation }: Citation): RelatedArtifact {
  return {
    type: 'citation',
    ...(label !== '' && { label }),
    ...(display !== '' && { display }),
    ...(url !== undefined && { url }),
    ...(citation !== undefined && { citation }),
  };
}
