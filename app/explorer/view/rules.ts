/** The list of rules: search, filters, and each rule on demand. */
import { element } from '../../shared/element.ts';
import { type Filters, NO_FILTERS, searcher } from '../model/filters.ts';
import type { Plan, Rule } from '../service.ts';
import { choice } from './choice.ts';
import { levelBadge } from './level.ts';
import { ruleDetail } from './rule-detail.ts';

export function ruleBrowser(plan: Plan): HTMLElement {
  const filters: Filters = { ...NO_FILTERS };
  const found = searcher(plan);
  const rows = new Map(plan.rules.map((rule) => [rule, row(rule, plan)]));
  const count = element('p', { role: 'status', class: 'quiet' });
  const list = element('ul', { class: 'plain rules' });
  const draw = () => {
    const rules = found(filters);
    count.textContent = `${rules.length} of ${plan.rules.length} rules`;
    list.replaceChildren(...rules.flatMap((rule) => rows.get(rule) ?? []));
  };
  draw();
  return element(
    'section',
    {},
    element('h1', { tabindex: '-1' }, 'Rules'),
    element('p', { class: 'quiet' }, `${plan.title}, plan ${plan.id}|${plan.version}.`),
    filterForm(plan, filters, draw),
    count,
    list,
  );
}

/** Opens a rule that is on the screen. @returns whether there is one */
export function openRule(id: string): boolean {
  const details = id === '' ? null : document.getElementById(`rule-${id}`);
  if (!(details instanceof HTMLDetailsElement)) return false;
  details.open = true;
  details.scrollIntoView();
  details.querySelector('summary')?.focus({ preventScroll: true });
  return true;
}

function filterForm(plan: Plan, filters: Filters, draw: () => void): HTMLElement {
  const set = (name: keyof Filters) => (value: string) => {
    filters[name] = value;
    draw();
  };
  const search = element('input', { type: 'search', autocomplete: 'off' });
  search.addEventListener('input', () => set('words')(search.value));
  const unique = (values: string[]) =>
    [...new Set(values)].map((value) => ({ value, text: value.replaceAll('*', '') }));
  const read = new Set(plan.rules.flatMap(({ reads }) => reads));
  const facts = plan.facts
    .filter(({ name }) => read.has(name))
    .map(({ name, label }) => ({ value: name, text: label }))
    .sort((a, b) => a.text.localeCompare(b.text));
  const form = element(
    'form',
    { 'aria-label': 'Find rules', class: 'filters' },
    element('label', { class: 'wide' }, 'Search', search),
    choice(
      'Level',
      'any level',
      plan.levels.map(({ code, title }) => ({ value: code, text: title })),
      set('level'),
    ),
    choice('Runs in', 'any gate', unique(plan.rules.flatMap(({ runsIn }) => runsIn)), set('gate')),
    choice(
      'Sources',
      'however checked',
      unique(plan.rules.flatMap(({ sources }) => sources.map(({ checked }) => checked))),
      set('source'),
    ),
    choice('Reads the fact', 'any fact', facts, set('fact')),
  );
  form.addEventListener('submit', (event) => event.preventDefault());
  return form;
}

/** What a rule says in full is drawn when it is opened. */
function row(rule: Rule, plan: Plan): HTMLElement {
  const marks = [...(rule.private ? ['private'] : []), ...(rule.ofOrders ? ['draft orders'] : [])];
  const details = element(
    'details',
    { id: `rule-${rule.id}` },
    element(
      'summary',
      {},
      element('strong', {}, rule.id),
      ` ${rule.title} `,
      levelBadge(plan, rule.level),
      marks.length > 0 && element('span', { class: 'quiet' }, ` ${marks.join(', ')}`),
    ),
  );
  details.addEventListener('toggle', () => {
    if (details.open && details.children.length === 1) details.append(ruleDetail(rule, plan));
  });
  return element('li', {}, details);
}
