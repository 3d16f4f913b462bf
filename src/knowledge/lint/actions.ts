/** What a rule proposes can be proposed: an activity or a form that exists, or words. */
import type { PlanDefinitionAction } from '../../fhir/types.ts';
import type { Problem } from '../sources.ts';
import type { RuleAction } from '../topic.ts';
import { problems, type Subject } from './subject.ts';

/** Findings about child actions of rules. */
export function emptyActions({ topic, plan, file }: Subject): Problem[] {
  const rules = (plan.action ?? []).flatMap(({ action = [] }) => action.flatMap((group) => group.action ?? []));
  const read = topic.allGroups.flatMap((group) => group.rules);
  return rules.flatMap(({ id = '', action = [] }, at) =>
    action.flatMap((child, place) => {
      const element = child.id ?? `${id} action`;
      return problems(file, element, reasonsAgainst(child, read[at]?.actions[place]));
    }),
  );
}

function reasonsAgainst(
  { id, title, definitionCanonical }: PlanDefinitionAction,
  read: RuleAction | undefined,
): string[] {
  const reasons = id ? [] : ['the action has no id'];
  if (definitionCanonical === undefined) return title ? reasons : [...reasons, 'the action proposes nothing: no title'];
  const found = read?.activity ?? read?.questionnaire;
  return found
    ? reasons
    : [...reasons, `${definitionCanonical} is neither an ActivityDefinition nor a Questionnaire here`];
}
