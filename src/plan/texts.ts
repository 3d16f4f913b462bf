/** What an applied action is called, and how urgent it is. */
import type { AppliedAction } from './apply-plan.ts';

const URGENCY = ['routine', 'urgent', 'asap', 'stat'] as const;

type Priority = (typeof URGENCY)[number];

/** Actions that speak: a group without a title, or a nested plan, is a container: its children stand in its place. */
export function hoisted(actions: AppliedAction[]): AppliedAction[] {
  return actions.flatMap((action) => {
    const { nestsPlan, refersTo } = action.step;
    const isContainer = nestsPlan || (!action.texts.title && !action.draft && refersTo === undefined);
    return isContainer ? hoisted(action.actions) : [action];
  });
}

/** The title of an action, or that of what it proposes. */
export function titleOf({ texts, step }: AppliedAction): string {
  const { title, name, id } = step.activity?.definition ?? {};
  return texts.title || title || name || step.refersTo || id || step.id;
}

/** Its own priority, else the highest of what it holds. */
export function priorityOf({ texts, actions }: AppliedAction): Priority | undefined {
  const inner = actions.flatMap((child) => priorityOf(child) ?? []);
  return texts.priority ?? URGENCY.findLast((priority) => inner.includes(priority));
}

/** What the true facts say on which an action rests, and all below it. */
export const reasonsIn = ({ because, actions }: AppliedAction): string[] => [
  ...because,
  ...actions.flatMap((action) => reasonsIn(action)),
];
