/** One rule in full. */
import { type Child, element, link } from '../../shared/element.ts';
import type { Plan, Rule, Source } from '../service.ts';
import { casesOf } from './cases.ts';
import { lines, marked } from './marks.ts';

export function ruleDetail(rule: Rule, plan: Plan): HTMLElement {
  const level = plan.levels.find(({ code }) => code === rule.level);
  return element(
    'div',
    { class: 'rule' },
    rule.why !== '' && element('p', {}, rule.why),
    about([
      ['Level', `${level?.title ?? rule.level}${level?.meaning ? `: ${level.meaning}` : ''}`],
      ['To be acted on within', rule.within ?? 'no target time'],
      ['Runs in', rule.runsIn.join(', ')],
      ['Review due', rule.reviewDue],
    ]),
    ...section('Fires when', alternatives(rule)),
    ...section('Derived facts used here', derivedFacts(rule, plan)),
    ...section('Actions', lines(rule.actions)),
    ...section('Tells the patient', lines(rule.texts)),
    ...section('Sources', element('ul', {}, ...rule.sources.map(source))),
    casesOf(plan.id, rule.id),
    element('p', {}, element('a', { href: `#${rule.id}` }, 'Link to this rule')),
  );
}

const about = (pairs: [string, string][]): HTMLElement =>
  element(
    'dl',
    { class: 'about' },
    ...pairs.map(([term, text]) => element('div', {}, element('dt', {}, term), element('dd', {}, text))),
  );

const section = (title: string, content: HTMLElement | undefined): Child[] =>
  content ? [element('h2', {}, title), content] : [];

/** Any one of them is enough. */
function alternatives({ alternatives: all }: Rule): HTMLElement {
  return element(
    'ol',
    { class: all.length > 1 ? 'letters' : 'plain' },
    ...all.map(({ words, fhirpath, whileOpen }) =>
      element(
        'li',
        {},
        element('p', {}, ...marked(words)),
        element('p', {}, element('code', {}, fhirpath)),
        whileOpen !== undefined && element('p', { class: 'quiet' }, 'Raises while open: ', ...marked(whileOpen)),
      ),
    ),
  );
}

function derivedFacts({ derived: names }: Rule, { derived }: Plan): HTMLElement | undefined {
  const used = derived.filter(({ name }) => names.includes(name));
  if (used.length === 0) return undefined;
  return element(
    'dl',
    {},
    ...used.flatMap(({ name, description, words, fhirpath }) => [
      element('dt', {}, element('code', {}, `%${name}`), ` ${description}`),
      element('dd', {}, ...marked(words), element('br'), element('code', {}, fhirpath)),
    ]),
  );
}

const source = ({ display, url, text, checked }: Source): HTMLElement =>
  element('li', {}, link(display, url), `: ${text} — `, ...marked(checked));
