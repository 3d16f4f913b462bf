/** What a Decision proposes, as a RequestGroup: rules, most urgent first, each with its drafts; nothing is an order. */
import type { CardContext } from '../cards/card-context.ts';
import { actionKey, printedRules } from '../cards/selection.ts';
import { draft } from '../cards/suggestions.ts';
import type { RaisedBy, RuleResult } from '../decision/decision.ts';
import type { FhirResource, RelatedArtifact, RequestGroup, RequestGroupAction } from '../fhir/types.ts';
import type { Citation, RuleAction } from '../knowledge/topic.ts';

/** A finding with what it proposes. */
type Proposal = { title: string; result: RuleResult; drafts: Draft[] };
/** `key`: what several rules propose is drafted once. */
type Draft = { key: string; title: string; form?: string | undefined; resource: FhirResource };

/** The proposals of the rules that the card lists, in its order. */
export function proposalsOf(context: CardContext): Proposal[] {
  const printed = printedRules(context.decision.results);
  return context.findings.flatMap(({ group, fired, raised }) => [
    ...fired
      .filter((result) => printed.includes(result))
      .map((result) => ({
        title: `${group.title}: ${result.rule.title}`,
        result,
        drafts: orElse(
          result.actions.map((action) => draftOf(action, context)),
          words(group.meaning || group.title, context),
        ),
      })),
    ...raised.map(({ result, by }) => ({
      title: `${group.title}: cannot exclude ${result.rule.title}`,
      result,
      // What the rule would do is not proposed: finding out is.
      drafts: [words(missing(by), context)],
    })),
  ]);
}

const orElse = (drafts: Draft[], other: Draft): Draft[] => (drafts.length > 0 ? drafts : [other]);

function draftOf(action: RuleAction, context: CardContext): Draft {
  const { activity, questionnaire, title } = action;
  const resource = activity ? draft(activity, context) : words(title, context).resource;
  return { key: actionKey(action), title, form: questionnaire?.url, resource };
}

function missing({ when, open }: RaisedBy): string {
  const labels = [...new Set(open.flatMap(({ unknown }) => unknown.map(({ label }) => label)))];
  return `${when === 'measured' ? 'Record' : 'Ask'}: ${labels.join(', ')}`;
}

/** An instruction in words is a task for somebody. */
function words(description: string, { patientId, encounterId, moment }: CardContext): Draft {
  const resource: FhirResource = {
    resourceType: 'Task',
    status: 'draft',
    intent: 'proposal',
    for: { reference: `Patient/${patientId}` },
    ...(encounterId !== undefined && { encounter: { reference: `Encounter/${encounterId}` } }),
    authoredOn: new Date(moment.now).toISOString(),
    description,
  };
  return { key: description, title: description, resource };
}

/** @param urls where the draft of a key stands */
export function requestGroup(
  { topic, moment, patientId, encounterId }: CardContext,
  proposals: Proposal[],
  urls: ReadonlyMap<string, string>,
): RequestGroup {
  return {
    resourceType: 'RequestGroup',
    instantiatesCanonical: [`${topic.url}|${topic.version}`],
    status: 'draft',
    intent: 'proposal',
    subject: { reference: `Patient/${patientId}` },
    ...(encounterId !== undefined && { encounter: { reference: `Encounter/${encounterId}` } }),
    authoredOn: new Date(moment.now).toISOString(),
    ...(topic.coding && { reasonCode: [{ coding: [topic.coding] }] }),
    action: proposals.map((proposal) => ruleAction(proposal, urls)),
  };
}

function ruleAction(
  { title, result: { rule }, drafts }: Proposal,
  urls: ReadonlyMap<string, string>,
): RequestGroupAction {
  return {
    id: rule.id,
    title,
    ...(rule.why !== '' && { textEquivalent: rule.why }),
    priority: rule.priority as 'routine',
    ...(rule.topic.length > 0 && { code: rule.topic }),
    documentation: rule.citations.map(documentation),
    action: drafts.map(({ key, title: words, form }) => ({
      title: words,
      ...(form !== undefined && { documentation: [{ type: 'documentation' as const, resource: form }] }),
      type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/action-type', code: 'create' }] },
      resource: { reference: urls.get(key) ?? '' },
    })),
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
