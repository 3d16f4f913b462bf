/** Drafts of an applied action as suggestions: what stands below a suggestion are its actions. */
import { plain } from '../cards/escape.ts';
import type { Action, Suggestion } from '../cds-hooks/card.ts';
import type { AppliedAction } from './apply-plan.ts';
import { hoisted, titleOf } from './texts.ts';

const ALL_TOGETHER: readonly unknown[] = ['all', 'all-or-none'];
const ONE: readonly unknown[] = ['at-most-one', 'exactly-one'];

/** An action without children suggests its own draft. Groups that stand or fall together are one suggestion. */
export function suggestionsOf(action: AppliedAction, newUuid: () => string): Suggestion[] {
  const children = hoisted(action.actions);
  const behaviour = action.step.action.selectionBehavior;
  const own = action.draft ? [suggestion(action, [createOf(action)])] : [];
  if (ALL_TOGETHER.includes(behaviour))
    return together([...own.flatMap(({ actions }) => actions), ...draftsIn(children)]);
  const suggested = [
    ...own,
    ...children.map((child) => suggestion(child, [...ownDraft(child), ...draftsIn(child.actions)])),
  ];
  return recommendedOnce(
    suggested.filter(({ actions }) => actions.length > 0),
    ONE.includes(behaviour),
  );

  function together(actions: Action[]): Suggestion[] {
    return actions.length === 0 ? [] : [suggestion(action, actions)];
  }

  function suggestion(of: AppliedAction, actions: Action[]): Suggestion {
    const isRecommended = of.step.action.precheckBehavior === 'yes';
    return { label: plain(titleOf(of)), uuid: newUuid(), ...(isRecommended && { isRecommended }), actions };
  }
}

/** Where only one can be chosen, only one is recommended (cds-resp-1). */
function recommendedOnce(suggestions: Suggestion[], onlyOne: boolean): Suggestion[] {
  const first = suggestions.find(({ isRecommended }) => isRecommended);
  return suggestions.map((suggestion) => {
    const { isRecommended, ...others } = suggestion;
    return onlyOne && isRecommended && suggestion !== first ? others : suggestion;
  });
}

const draftsIn = (actions: AppliedAction[]): Action[] =>
  actions.flatMap((action) => [...ownDraft(action), ...draftsIn(action.actions)]);

const ownDraft = (action: AppliedAction): Action[] => (action.draft ? [createOf(action)] : []);

function createOf(action: AppliedAction): Action {
  const { draft, texts, step } = action;
  const description = texts.description || step.activity?.definition.description || titleOf(action);
  if (!draft) throw new Error('there is no draft');
  return { type: 'create', description: plain(description), resource: draft };
}
