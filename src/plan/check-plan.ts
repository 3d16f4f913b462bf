/** What a plan in plain R4 must be, beside its expressions: identified, with elements that are honoured. */
import { extensionText } from '../fhir/extensions.ts';
import type { PlanDefinition, PlanDefinitionAction } from '../fhir/types.ts';
import type { Report } from './compiling.ts';
import { unhonouredOfAction, unhonouredOfPlan } from './elements.ts';
import { hiddenMeanings, notInForce, otherSubject, unreadParts } from './meanings.ts';
import { timingTexts } from './timing.ts';

const HOOK = /^[a-z]+(-[a-z]+)+$/;
const ID = /^[A-Za-z0-9\-._~]+$/;
/** CDS Hooks: a summary has fewer than 140 characters. */
const SUMMARY_LIMIT = 139;
const BEHAVIOURS: Readonly<Record<string, readonly string[]>> = {
  groupingBehavior: ['visual-group', 'logical-group', 'sentence-group'],
  selectionBehavior: ['any', 'all', 'all-or-none', 'exactly-one', 'at-most-one', 'one-or-more'],
  requiredBehavior: ['must', 'could', 'must-unless-documented'],
  precheckBehavior: ['yes', 'no'],
  cardinalityBehavior: ['single', 'multiple'],
  priority: ['routine', 'urgent', 'asap', 'stat'],
};

/** Reports what of a plan is missing or would not be honoured. */
export function checkPlan(plan: PlanDefinition, report: Report): void {
  const element = plan.id ?? 'PlanDefinition';
  if (!ID.test(plan.id ?? '')) report(element, 'the plan has no id that can be the id of a service');
  if (!plan.url) report(element, 'the plan has no url');
  if (!plan.title && !plan.name) report(element, 'the plan has no title');
  const reasons = [...unhonouredOfPlan(plan), ...ofBoth(plan), ...notInForce(plan)];
  for (const reason of reasons) report(element, reason);
  for (const [at, action] of (plan.action ?? []).entries()) checkAction(action, `${at + 1}`, report);
}

/** What may stand at a plan and at an action alike. */
function ofBoth(node: PlanDefinition | PlanDefinitionAction): string[] {
  const behaviour = extensionText(node, 'cqf-applicabilityBehavior');
  const isKnown = behaviour === undefined || behaviour === 'all' || behaviour === 'any';
  return [
    ...hiddenMeanings(node),
    ...otherSubject(node),
    ...(isKnown ? [] : [`cqf-applicabilityBehavior ${behaviour} is neither all nor any`]),
  ];
}

function checkAction(action: PlanDefinitionAction, place: string, report: Report): void {
  const id = action.id ?? action.prefix ?? `action ${place}`;
  for (const reason of [...unhonouredOfAction(action), ...faultsOf(action, !place.includes('.'))]) report(id, reason);
  for (const [at, child] of (action.action ?? []).entries()) checkAction(child, `${place}.${at + 1}`, report);
}

function faultsOf(action: PlanDefinitionAction, isTop: boolean): string[] {
  const triggers = action.trigger ?? [];
  const codes = Object.entries(BEHAVIOURS).flatMap(([name, allowed]) => {
    const found: unknown = Reflect.get(action, name);
    return found === undefined || allowed.some((code) => code === found) ? [] : [`${name} ${found} is no code of R4`];
  });
  const isContainer = !action.title && !action.definitionCanonical;
  const timed = Object.keys(action).some((name) => name.startsWith('timing'));
  return [
    ...codes,
    ...ofBoth(action),
    ...unreadParts(action),
    ...(timed && timingTexts(action).length === 0 ? ['the timing cannot be said in words: give it a code'] : []),
    ...triggers.flatMap(({ type, name = '' }) =>
      type === 'named-event' && HOOK.test(name) ? [] : [`trigger ${type} ${name}: only hooks of CDS Hooks call a plan`],
    ),
    ...(triggers.length > 0 && !isTop ? ['a trigger below the top is not honoured'] : []),
    ...(action.condition ?? []).flatMap(({ kind, expression }) =>
      kind !== 'applicability' && !expression ? [`a ${kind} condition has no expression`] : [],
    ),
    ...(isContainer && (action.action ?? []).length === 0
      ? ['the action has neither title, definition nor actions']
      : []),
    ...((action.title ?? '').length > SUMMARY_LIMIT ? [`the title has more than ${SUMMARY_LIMIT} characters`] : []),
  ];
}
