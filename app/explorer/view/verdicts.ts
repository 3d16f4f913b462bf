/** What the engine made of what is supposed: the level, and each rule with why. */
import { element } from '../../shared/element.ts';
import type { Plan, Verdict, WhatIf } from '../service.ts';
import { levelBadge } from './level.ts';
import { marked } from './marks.ts';

export function verdicts(found: WhatIf, plan: Plan): HTMLElement {
  const { rules } = found;
  const fired = rules.filter(({ state }) => state === 'fires');
  const raising = rules.filter(({ state, raised }) => state === 'open' && raised.length > 0);
  const open = rules.filter(({ state, raised }) => state === 'open' && raised.length === 0);
  return element(
    'div',
    {},
    element('h2', {}, 'What follows'),
    summary(found, plan),
    ...problems(found),
    group('fired', 'Fired', fired, plan, true),
    group('raising', 'Open, and raises a level', raising, plan, true),
    group('open', 'Open', open, plan),
    group(
      'excluded',
      'Excluded',
      rules.filter(({ state }) => state === 'excluded'),
      plan,
    ),
    group(
      'not-run',
      'Not run',
      rules.filter(({ state }) => state === 'not-run'),
      plan,
    ),
  );
}

const NO_ALL_CLEAR = ' No rule speaks; that is no all-clear.';

function summary({ level, privateLevel, silent, gates, gestation, pregnancy }: WhatIf, plan: Plan): HTMLElement {
  const weeks = (days: number) => `${Math.floor(days / 7)}+${days % 7}`;
  const { known, min, max } = gestation;
  const dated = !known ? 'gestation not known' : min === max ? weeks(min) : `${weeks(min)} to ${weeks(max)}`;
  return element(
    'div',
    { class: 'level', role: 'status' },
    element('p', {}, levelBadge(plan, level), silent ? ' Nothing is said.' : level === undefined && NO_ALL_CLEAR),
    privateLevel !== undefined && element('p', {}, 'On the private card: ', levelBadge(plan, privateLevel)),
    element('p', { class: 'quiet' }, `Gate ${gates.join(', ') || 'none'}; pregnancy: ${pregnancy}; ${dated}`),
  );
}

const problems = ({ notUsed, failures, unanswered }: WhatIf): (HTMLElement | false)[] => [
  ...notUsed.map(({ label, reasons }) =>
    element('p', { class: 'notice' }, `Not used: ${label} (${reasons.join(', ')})`),
  ),
  ...failures.map((text) => element('p', { class: 'notice' }, 'Could not be evaluated: ', element('code', {}, text))),
  unanswered.length > 0 && element('p', { class: 'quiet' }, `Needs an answer: ${unanswered.join(', ')}.`),
];

/** Rules behind a line that says how many. */
export function group(name: string, title: string, rules: Verdict[], plan: Plan, open = false): HTMLElement {
  return element(
    'details',
    { class: name, open: open && rules.length > 0 },
    element('summary', {}, `${title} (${rules.length})`),
    element('ul', { class: 'plain' }, ...rules.map((rule) => verdict(rule, plan))),
  );
}

function verdict({ id, state, raised, why, missing, alternatives }: Verdict, plan: Plan): HTMLElement {
  const rule = plan.rules.find((one) => one.id === id);
  const which = rule && rule.alternatives.length > 1 ? alternatives.join(', ') : '';
  return element(
    'li',
    { class: 'verdict' },
    element(
      'p',
      {},
      element('a', { href: `#${id}` }, `${id} ${rule?.title ?? ''}`),
      ' ',
      levelBadge(plan, rule?.level),
    ),
    raised.length > 0 &&
      element('p', {}, ...raised.flatMap(({ level, when }) => ['raises to ', levelBadge(plan, level), ` (${when}) `])),
    which !== '' && element('p', { class: 'quiet' }, `Alternatives: ${which}`),
    why.length > 0 && element('p', { class: 'quiet' }, `${WHY[state]}: `, ...marked(why.join('; '))),
    missing.length > 0 && element('p', { class: 'quiet' }, `Not known: ${missing.join(', ')}`),
  );
}

const WHY: Record<Verdict['state'], string> = {
  fires: 'Because',
  open: 'Certainly true',
  excluded: 'Not true',
  'not-run': 'Because it',
};
