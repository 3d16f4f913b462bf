/** Which rules are looked for. */
import type { Plan, Rule } from '../service.ts';

/** Empty text = any. */
export type Filters = { words: string; level: string; gate: string; source: string; fact: string };

export const NO_FILTERS: Filters = { words: '', level: '', gate: '', source: '', fact: '' };

/** Rules of a plan with everything that is searched, prepared once. */
export function searcher({ rules, derived, facts }: Plan): (filters: Filters) => Rule[] {
  const labels = new Map(facts.map(({ name, label }) => [name, label]));
  const meanings = new Map(derived.map(({ name, description }) => [name, description]));
  const texts = new Map(rules.map((rule) => [rule, textOf(rule, labels, meanings)]));
  return ({ words, level, gate, source, fact }) => {
    const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
    return rules.filter(
      (rule) =>
        (level === '' || rule.level === level) &&
        (gate === '' || rule.runsIn.includes(gate)) &&
        (source === '' || rule.sources.some(({ checked }) => checked === source)) &&
        (fact === '' || rule.reads.includes(fact)) &&
        wanted.every((word) => texts.get(rule)?.includes(word)),
    );
  };
}

function textOf(rule: Rule, labels: Map<string, string>, meanings: Map<string, string>): string {
  const { id, title, why, alternatives, actions, texts, sources, reads, derived } = rule;
  return [
    id,
    title,
    why,
    ...alternatives.flatMap(({ words, fhirpath }) => [words, fhirpath]),
    ...actions,
    ...texts,
    ...sources.flatMap(({ display, text }) => [display, text]),
    ...reads.map((name) => labels.get(name) ?? name),
    ...derived.map((name) => meanings.get(name) ?? name),
  ]
    .join(' ')
    .toLowerCase();
}
