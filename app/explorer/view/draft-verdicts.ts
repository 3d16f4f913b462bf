/** What the rules about orders say of each draft that is supposed. */
import { element } from '../../shared/element.ts';
import type { DraftVerdicts, Plan } from '../service.ts';
import { group } from './verdicts.ts';

export const draftVerdicts = (drafts: DraftVerdicts[], plan: Plan): HTMLElement[] =>
  drafts.map(({ name, ingredients, rules }, at) => {
    const fired = rules.filter(({ state }) => state === 'fires');
    const open = rules.filter(({ state }) => state === 'open');
    const rest = rules.filter(({ state }) => state === 'excluded' || state === 'not-run');
    return element(
      'section',
      { class: 'draft', 'aria-label': `Draft: ${name}` },
      element('h3', {}, `Draft: ${name}`),
      ingredients && element('p', { class: 'quiet' }, recognised(ingredients)),
      fired.length === 0 && element('p', {}, 'No rule fires for this draft.'),
      group(`order-fired-${at}`, 'Fired', fired, plan, true),
      group(`order-open-${at}`, 'Open', open, plan),
      group(`order-excluded-${at}`, 'Excluded or not run', rest, plan),
    );
  });

function recognised({ names, complete }: NonNullable<DraftVerdicts['ingredients']>): string {
  if (names.length === 0) return 'Not recognised by its name.';
  return `Recognised: ${names.join(', ')}${complete ? '' : '; not everything in it'}.`;
}
