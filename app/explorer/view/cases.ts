/** The cases that prove a rule. They are made by `npm run docs`, and read when somebody wants to see them. */
import { element } from '../../shared/element.ts';
import address from '../cases-by-rule.json?url';

type Index = { plan: string; titles: string[]; rules: Record<string, number[]> };

let asked: Promise<Index> | undefined;

async function read(): Promise<Index> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${response.status}`);
  return (await response.json()) as Index;
}

/** @param plan id of the plan @param rule id of the rule */
export function casesOf(plan: string, rule: string): HTMLElement {
  const summary = element('summary', {}, 'Cases that prove it');
  const details = element('details', { class: 'cases' }, summary);
  details.addEventListener('toggle', () => {
    if (details.open && details.children.length === 1) void fill(details, summary, plan, rule);
  });
  return details;
}

async function fill(details: HTMLElement, summary: HTMLElement, plan: string, rule: string): Promise<void> {
  try {
    asked ??= read();
    const index = await asked;
    const places = index.plan === plan ? (index.rules[rule] ?? []) : [];
    summary.textContent = `Cases that prove it (${places.length})`;
    const titles = places.map((place) => element('li', {}, index.titles[place]));
    details.append(titles.length > 0 ? element('ul', {}, ...titles) : element('p', {}, 'No case is known here.'));
  } catch {
    asked = undefined;
    details.append(element('p', {}, 'The cases could not be read.'));
  }
}
