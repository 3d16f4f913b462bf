/** Which fact a code speaks of: built once a topic, looked up once a coding. */
import { codeKey } from '../fhir/codings.ts';
import type { Coding } from '../fhir/types.ts';
import type { FactDefinition, FactSource, SourceResource } from '../knowledge/fact-definition.ts';

export type SourceMatch = { fact: FactDefinition; source: FactSource; coding: Coding };

export type SourceIndex = {
  /** Facts that a resource of this type with these codings speaks of; a fact once. */
  match(resource: SourceResource, codings: Coding[]): SourceMatch[];
  /** Facts that read the answers of this item, the item's own fact first. */
  answers(linkId: string): FactDefinition[];
};

type Entry = { fact: FactDefinition; source: FactSource };

/** Indexes the sources of a topic's facts. */
export function indexSources(facts: FactDefinition[]): SourceIndex {
  const exact = new Map<string, Entry[]>();
  const prefixes = new Map<string, (Entry & { prefix: string })[]>();
  const answers = new Map<string, FactDefinition[]>();
  for (const fact of facts) {
    append(answers, fact.name, fact);
    for (const source of fact.sources) {
      for (const coding of source.codes) append(exact, `${source.resource} ${codeKey(coding)}`, { fact, source });
      for (const { system, code } of source.prefixes) {
        append(prefixes, `${source.resource} ${system}`, { fact, source, prefix: bare(code) });
      }
      if (source.item !== undefined) append(answers, source.item, fact);
    }
  }
  return {
    match(resource, codings) {
      const found = new Map<string, SourceMatch>();
      for (const coding of codings) {
        for (const entry of exact.get(`${resource} ${codeKey(coding)}`) ?? []) keep(found, entry, coding);
        const ofSystem = prefixes.get(`${resource} ${coding.system}`);
        if (!ofSystem) continue;
        const code = bare(coding.code);
        for (const entry of ofSystem) if (code.startsWith(entry.prefix)) keep(found, entry, coding);
      }
      return [...found.values()];
    },
    answers: (linkId) => answers.get(linkId) ?? [],
  };
}

function append<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

function keep(found: Map<string, SourceMatch>, { fact, source }: Entry, coding: Coding): void {
  const key = `${fact.name} ${source.value ?? ''} ${source.resolved}`;
  if (!found.has(key)) found.set(key, { fact, source, coding });
}

/** ICD-10 writes `M54.5` and `M545`; prefixes are compared without the point. */
const bare = (code: string | undefined): string => (code ?? '').replace('.', '');
