/** Which fact a code speaks of: built once a topic, looked up once a coding. */
import type { Coding } from '../fhir/types.ts';
import type { FactDefinition, FactSource, SourceResource } from '../knowledge/fact-definition.ts';

export type SourceMatch = { fact: FactDefinition; source: FactSource; coding: Coding };

export type SourceIndex = {
  /** Facts that a resource of this type with these codings speaks of; a fact once. */
  match(resource: SourceResource, codings: Coding[]): SourceMatch[];
  /** Facts that read the answers of this item, the item's own fact first. */
  answers(linkId: string): FactDefinition[];
};

type Entry = { fact: FactDefinition; source: FactSource; key: string };

/** Sources of one resource type: by system and code, and by system where the code only begins with theirs. */
type ByCode = { exact: Map<string, Map<string, Entry[]>>; prefixes: Map<string, (Entry & { prefix: string })[]> };

/** Indexes the sources of a topic's facts. */
export function indexSources(facts: FactDefinition[]): SourceIndex {
  const byType = new Map<SourceResource, ByCode>();
  const answers = new Map<string, FactDefinition[]>();
  for (const fact of facts) {
    append(answers, fact.name, fact);
    for (const source of fact.sources) {
      const { exact, prefixes } = ofType(byType, source.resource);
      for (const { system = '', code = '' } of source.codes) {
        const codes = exact.get(system) ?? new Map<string, Entry[]>();
        append(codes, code, { fact, source, key: keyOf(fact, source) });
        exact.set(system, codes);
      }
      for (const { system = '', code } of source.prefixes) {
        append(prefixes, system, { fact, source, key: keyOf(fact, source), prefix: bare(code) });
      }
      if (source.item !== undefined) append(answers, source.item, fact);
    }
  }
  return {
    match: (resource, codings) => matches(byType.get(resource), codings),
    answers: (linkId) => answers.get(linkId) ?? NONE,
  };
}

const NONE: FactDefinition[] = [];

function ofType(byType: Map<SourceResource, ByCode>, resource: SourceResource): ByCode {
  const known = byType.get(resource);
  if (known) return known;
  const created: ByCode = { exact: new Map(), prefixes: new Map() };
  byType.set(resource, created);
  return created;
}

/** A fact once for each thing that a source of it may state. */
const keyOf = ({ name }: FactDefinition, { value, resolved }: FactSource): string =>
  `${name} ${value ?? ''} ${resolved}`;

function matches(sources: ByCode | undefined, codings: Coding[]): SourceMatch[] {
  if (!sources) return NO_MATCH;
  let found: Found[] | undefined;
  for (const coding of codings) {
    const { system = '', code = '' } = coding;
    const exact = sources.exact.get(system)?.get(code);
    if (exact) for (const entry of exact) found = withEntry(found, entry, coding);
    const ofSystem = sources.prefixes.get(system);
    if (!ofSystem) continue;
    const start = bare(code);
    for (const entry of ofSystem) if (start.startsWith(entry.prefix)) found = withEntry(found, entry, coding);
  }
  return found ?? NO_MATCH;
}

const NO_MATCH: SourceMatch[] = [];

type Found = SourceMatch & { key: string };

/** The list is made for its first entry: most codes speak of one fact or none. */
function withEntry(found: Found[] | undefined, { fact, source, key }: Entry, coding: Coding): Found[] {
  if (!found) return [{ fact, source, coding, key }];
  if (!found.some((one) => one.key === key)) found.push({ fact, source, coding, key });
  return found;
}

function append<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

/** ICD-10 writes `M54.5` and `M545`; prefixes are compared without the point. */
const bare = (code: string | undefined): string => (code ?? '').replace('.', '');
