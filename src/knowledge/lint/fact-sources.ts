/** Where a chart holds a fact: something to match, stating an option that exists. */
import type { FactDefinition, FactSource } from '../fact-definition.ts';
import type { Problem } from '../sources.ts';
import { problems, type Subject } from './subject.ts';

/** Findings about the `fact-source` of items. */
export function wrongSources({ topic, items }: Subject): Problem[] {
  return items.flatMap(({ fact, file }) => {
    const isFact = (name: string) => topic.factByName.has(name);
    return problems(
      file,
      fact.name,
      fact.sources.flatMap((source) => reasonsAgainst(source, fact, isFact)),
    );
  });
}

function reasonsAgainst(source: FactSource, fact: FactDefinition, isFact: (name: string) => boolean): string[] {
  const reasons: string[] = [];
  const { resource, codes, prefixes, panels, item, map, history, resolved } = source;
  const matches = codes.length + prefixes.length + panels.length > 0;
  if (resource === 'QuestionnaireResponse') {
    if (item === undefined || !isFact(item)) reasons.push(`\`fact-source.item\` ${item ?? ''} is no item of the topic`);
  } else if (item !== undefined) reasons.push('`fact-source.item` needs the resource QuestionnaireResponse');
  if (resource !== 'QuestionnaireResponse' && resource !== 'Patient' && !matches) {
    reasons.push(`a \`fact-source\` in ${resource} names no code, prefix or panel: it matches nothing`);
  }
  if (resolved && resource !== 'Condition') reasons.push('`fact-source.resolved` speaks of a Condition');
  if (resolved && history) reasons.push('`fact-source.resolved` and `history`: over only, or in any status?');
  const options = fact.options.map(({ coding }) => coding.code);
  for (const to of new Set(map.values())) {
    if (!options.includes(to)) reasons.push(`\`fact-source.map.to\` ${to} is no option of the item`);
  }
  return [...reasons, ...wrongValue(source, fact)];
}

/** A match states yes of a yes/no fact; of a choice it states one of the values, which the chart alone may know. */
function wrongValue({ value, resource, item }: FactSource, { kind }: FactDefinition): string[] {
  const isChoice = kind === 'choice' || kind === 'choices';
  if (value === undefined) {
    const stated = !isChoice || item !== undefined || resource === 'Observation';
    return stated ? [] : [`a \`fact-source\` in ${resource} names no \`value\`: which option does it state?`];
  }
  if (isChoice || (kind === 'boolean' && value === 'Y')) return [];
  return [`\`fact-source.value\` ${value}: a match states yes, or the recorded number`];
}
