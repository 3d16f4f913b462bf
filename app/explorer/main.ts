/** The rule explorer: every rule, what the engine makes of supposed facts, and what became of cards. */
import { element, part } from '../shared/element.ts';
import { type Plan, plans } from './service.ts';
import { overrideRates } from './view/overrides.ts';
import { openRule, ruleBrowser } from './view/rules.ts';
import { whatIfForm } from './view/what-if.ts';

type View = { title: string; draw: (plan: Plan) => HTMLElement };

const VIEWS: Record<string, View> = {
  rules: { title: 'Rules', draw: ruleBrowser },
  'what-if': { title: 'What if', draw: whatIfForm },
  overrides: { title: 'Override rates', draw: overrideRates },
};

/** What was supposed is still there when one comes back. */
const drawn = new Map<string, HTMLElement>();

void start();

async function start(): Promise<void> {
  part('main').append(element('p', { 'aria-busy': 'true' }, 'Reading the rules…'));
  try {
    const all = await plans();
    const wanted = new URLSearchParams(location.search).get('plan');
    const plan = all.find(({ id }) => id === wanted) ?? all[0];
    if (!plan) return show(failure('There are no rules here', 'The service serves no plan of its own kind.'));
    if (all.length > 1) document.querySelector('header nav')?.append(...planLinks(all, plan));
    addEventListener('hashchange', () => go(plan, true));
    go(plan, false);
  } catch (error) {
    show(failure('The rules could not be read', error instanceof Error ? error.message : ''));
  }
}

const planLinks = (all: Plan[], current: Plan): HTMLElement[] =>
  all
    .filter((plan) => plan !== current)
    .map(({ id, title }) => element('a', { href: `?plan=${encodeURIComponent(id)}` }, title));

/** `#what-if` is a view, `#E01` a rule in the list of rules. */
function go(plan: Plan, isMove: boolean): void {
  const place = decodeURIComponent(location.hash.slice(1));
  if (place === 'main') return;
  const name = Object.hasOwn(VIEWS, place) ? place : 'rules';
  const view = VIEWS[name];
  if (!view) return;
  const screen = drawn.get(name) ?? view.draw(plan);
  drawn.set(name, screen);
  show(screen);
  document.title = `${view.title}: ${plan.title}`;
  for (const link of document.querySelectorAll<HTMLElement>('[data-view]')) {
    if (link.dataset.view === name) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  if (name === 'rules' && openRule(place)) return;
  if (isMove) screen.querySelector<HTMLElement>('h1')?.focus();
}

const show = (screen: HTMLElement): void => part('main').replaceChildren(screen);

const failure = (text: string, why: string): HTMLElement =>
  element('div', { role: 'alert' }, element('h1', { tabindex: '-1' }, text), element('p', {}, why));
