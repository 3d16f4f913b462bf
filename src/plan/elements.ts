/** Elements of plans in plain R4 that are honoured or documentary; any other is refused, so that none is ignored. */

import { extensionsNamed } from '../fhir/extensions.ts';
import type { ActivityDefinition, PlanDefinition, PlanDefinitionAction } from '../fhir/types.ts';
import { KNOWN_EXTENSIONS } from '../knowledge/lint/known-extensions.ts';

const RESOURCE = `resourceType id meta language text contained extension url identifier version name title
  subtitle status experimental date publisher contact description useContext jurisdiction purpose usage copyright
  approvalDate lastReviewDate effectivePeriod topic author editor reviewer endorser relatedArtifact library type`;

const PLAN = words(`${RESOURCE} subjectCodeableConcept action`);
const ACTION = words(`id extension prefix title description textEquivalent priority code reason documentation trigger
  condition input output relatedAction timingDateTime timingAge timingPeriod timingDuration timingRange timingTiming
  participant type groupingBehavior selectionBehavior requiredBehavior precheckBehavior cardinalityBehavior
  definitionCanonical definitionUri dynamicValue subjectCodeableConcept action`);
const ACTIVITY = `${RESOURCE} subjectCodeableConcept kind profile code intent priority dynamicValue`;
/** What a draft of each kind has a place for. */
const OF_KIND: Readonly<Record<string, ReadonlySet<string>>> = {
  ServiceRequest: words(
    `${ACTIVITY} doNotPerform timingTiming timingDateTime timingPeriod quantity bodySite participant`,
  ),
  MedicationRequest: words(
    `${ACTIVITY} doNotPerform productCodeableConcept productReference quantity dosage participant`,
  ),
  Task: words(`${ACTIVITY} participant`),
  CommunicationRequest: words(`${ACTIVITY} doNotPerform timingDateTime timingPeriod`),
};

/** The resources that drafts can be. */
export const DRAFT_KINDS: readonly string[] = Object.keys(OF_KIND);

const WHY_NOT: Readonly<Record<string, string>> = {
  transform: 'StructureMaps are not run',
  goal: 'goals are not made',
  goalId: 'goals are not made',
  implicitRules: 'rules that are not known here would change the meaning',
  modifierExtension: 'it changes the meaning in a way that is not known here',
  subjectReference: 'the subject is the patient of the call',
};

/** Extensions of plans with level groups: on others they would say nothing. */
const OF_TOPICS = new Set(
  (['plan', 'moment', 'level', 'rule', 'action'] as const)
    .flatMap((level) => Object.keys(KNOWN_EXTENSIONS[level] ?? {}))
    .filter((name) => name !== 'variable'),
);

/** Reasons against the elements of a plan itself. */
export const unhonouredOfPlan = (plan: PlanDefinition): string[] => [...unhonoured(plan, PLAN), ...ofTopics(plan)];

/** Reasons against the elements of an action. */
export function unhonouredOfAction(action: PlanDefinitionAction): string[] {
  return [...unhonoured(action, ACTION), ...ofTopics(action)];
}

/** Reasons against the elements of an activity; of one that has no kind, the kind is said elsewhere. */
export function unhonouredOfActivity(activity: ActivityDefinition): string[] {
  const honoured = OF_KIND[activity.kind ?? ''];
  return honoured ? unhonoured(activity, honoured) : [];
}

function unhonoured(node: object, honoured: ReadonlySet<string>): string[] {
  return Object.keys(node)
    .filter((name) => !honoured.has(name.replace(/^_/, '')))
    .map((name) => {
      const why = Object.hasOwn(WHY_NOT, name) ? WHY_NOT[name] : 'it would be silently ignored';
      return `the element \`${name}\` is not honoured here: ${why}`;
    });
}

const ofTopics = (node: PlanDefinition | PlanDefinitionAction): string[] =>
  [...OF_TOPICS]
    .filter((name) => extensionsNamed(node, name).length > 0)
    .map((name) => `the extension \`${name}\` is of plans with level groups, and this one has none`);

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(/\s+/));
}
