/** Codes of ValueSets and ConceptMaps are complete: each with its system, and a display that people can read. */
import { fieldsOf, type Part } from './parts.ts';

const REQUIRED: Partial<Record<Part['level'], string[]>> = {
  include: ['system'],
  exclude: ['system', 'concept'],
  concept: ['code', 'display'],
  filter: ['property', 'op', 'value'],
  mapGroup: ['source', 'target', 'element'],
  mapElement: ['code', 'display', 'target'],
};

/** Equivalences of R4 that say "this is in it"; `unmatched` says that more is in it than is named. */
const EQUIVALENCES = ['equivalent', 'equal', 'wider', 'unmatched'];

/** Reasons against a part of a ValueSet or a ConceptMap. */
export function incompleteTerms({ level, node }: Part): string[] {
  const fields = fieldsOf(node);
  const missing = (REQUIRED[level] ?? []).filter((name) => !fields.get(name));
  const reasons = missing.map((name) => `the ${level} has no ${name}`);
  if (level === 'include' && !fields.has('concept') && !fields.has('filter')) {
    reasons.push('a whole code system is not read: list concepts, or filter by the beginning of a code');
  }
  if (level === 'filter' && fields.get('op') !== 'is-a') {
    reasons.push(`the filter \`${fields.get('op')}\` is not read: only \`is-a\`, as the beginning of a code`);
  }
  if (level === 'mapTarget') reasons.push(...wrongTarget(fields));
  return reasons;
}

function wrongTarget(fields: Map<string, unknown>): string[] {
  const equivalence = String(fields.get('equivalence'));
  if (!EQUIVALENCES.includes(equivalence)) {
    return [`\`equivalence\` is \`${equivalence}\`: not one of ${EQUIVALENCES.join(', ')}`];
  }
  if (equivalence === 'unmatched') return [];
  return ['code', 'display'].filter((name) => !fields.get(name)).map((name) => `the mapTarget has no ${name}`);
}
