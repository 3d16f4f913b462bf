/** `app/explorer/cases-by-rule.json`: the cases that prove each rule, as the rule explorer shows them. */
import type { Topic } from '../../src/knowledge/topic.ts';
import type { ClinicalCase } from '../../test/harness/case.ts';
import type { Cases } from './claims.ts';
import type { Page } from './markdown.ts';

/** Each title stands once; rules point to their titles by place. */
export function casesIndex({ id, allGroups }: Topic, cases: Cases): Page {
  const firing = casesByRule(cases);
  const rules = allGroups.flatMap((group) => group.rules.map((rule) => rule.id));
  const files = [...new Set(rules.flatMap((rule) => firing.get(rule) ?? []))];
  const place = new Map(files.map((file, at) => [file, at]));
  const index = {
    plan: id,
    titles: files.map((file) => cases.get(file)?.title ?? file),
    rules: Object.fromEntries(rules.map((rule) => [rule, (firing.get(rule) ?? []).map((file) => place.get(file))])),
  };
  return { path: 'app/explorer/cases-by-rule.json', text: `${JSON.stringify(index)}\n` };
}

/** Files of the cases in which a rule fires, by its id; those that are named after it first. */
export function casesByRule(cases: Cases): Map<string, string[]> {
  const firing = new Map<string, string[]>();
  for (const [file, one] of cases) {
    for (const id of firedIn(one)) firing.set(id, [...(firing.get(id) ?? []), file]);
  }
  return new Map([...firing].map(([id, files]) => [id, nearFirst(files, id)]));
}

const nearFirst = (files: string[], id: string): string[] => {
  const near = (file: string) => file.startsWith(`${id.toLowerCase()}-`);
  return [...files.filter(near), ...files.filter((file) => !near(file))];
};

/** Rules that a case expects to fire, on whichever card. */
function firedIn({ expect }: ClinicalCase): Set<string> {
  const { fired = [], orderCards = [], private: own } = expect;
  const privately = typeof own === 'object' ? (own.fired ?? []) : [];
  return new Set([...fired, ...privately, ...orderCards.flatMap((card) => card.fired ?? [])]);
}
