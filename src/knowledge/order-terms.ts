/** The words and codes by which parts of an order are recognised: ValueSets and ConceptMaps read once (spec D). */
import { codeKey } from '../fhir/codings.ts';
import type { Coding, ConceptMap, ValueSet } from '../fhir/types.ts';
import { wordsOf } from '../fhir/words.ts';

/** Codes of a class: exact, by the beginning (ATC), or words of a name. */
export type TermSet = {
  codes: ReadonlySet<string>;
  prefixes: readonly { system: string; code: string }[];
  /**
   * Word sequences, longest first: one that is `said` names a member, another is taken out before shorter ones are
   * looked for ("without contrast").
   */
  phrases: readonly { words: string[]; said: boolean }[];
};

/** What a code or name stands for; `complete` is false when it holds more than could be named. */
export type Translation = { codings: Coding[]; complete: boolean };

export type OrderTerms = {
  /** By canonical. */
  sets: ReadonlyMap<string, TermSet>;
  /** Code key -> ingredients. */
  translations: ReadonlyMap<string, Translation>;
  /** Systems whose codes stand for themselves when no translation is listed (ATC). */
  provided: ReadonlySet<string>;
  /** Names, longest first. */
  names: readonly { words: string[]; translation: Translation }[];
};

/** The code system of ours whose codes are words as people write them; known by the last part of its url. */
const isNames = (system: string | undefined): boolean => system?.endsWith('/CodeSystem/name-in-text') ?? false;

/** Reads the ValueSets and ConceptMaps of a topic's order facts. */
export function readOrderTerms(valueSets: ValueSet[], conceptMaps: ConceptMap[]): OrderTerms {
  const groups = conceptMaps.flatMap(({ group }) => group ?? []);
  const translated = groups.flatMap(({ source = '', target: system, element }) =>
    element.map(({ code = '', target = [] }) => {
      const codings = target.flatMap((to): Coding[] =>
        to.code === undefined ? [] : [{ ...(system && { system }), code: to.code, display: to.display ?? to.code }],
      );
      const complete = target.every(({ equivalence }) => equivalence !== 'unmatched');
      return { source, code, translation: { codings, complete } };
    }),
  );
  return {
    sets: new Map(valueSets.map((set) => [set.url ?? '', readTermSet(set)])),
    translations: new Map(
      translated
        .filter(({ source }) => !isNames(source))
        .map(({ source, code, translation }) => [codeKey({ system: source, code }), translation]),
    ),
    provided: new Set(
      groups.filter(({ unmapped }) => unmapped?.mode === 'provided').flatMap(({ source }) => source ?? []),
    ),
    names: translated
      .filter(({ source }) => isNames(source))
      .map(({ code, translation }) => ({ words: wordsOf(code), translation }))
      .sort((a, b) => b.words.length - a.words.length),
  };
}

function readTermSet({ compose }: ValueSet): TermSet {
  const include = compose?.include ?? [];
  const coded = include.filter(({ system }) => !isNames(system));
  const phrasesOf = (parts: typeof include, said: boolean) =>
    parts
      .filter(({ system }) => isNames(system))
      .flatMap(({ concept }) => (concept ?? []).map(({ code }) => ({ words: wordsOf(code), said })));
  return {
    codes: new Set(coded.flatMap(({ system, concept }) => (concept ?? []).map(({ code }) => keyOf(system, code)))),
    prefixes: coded.flatMap(({ system = '', filter }) =>
      (filter ?? []).filter(({ op }) => op === 'is-a').map(({ value }) => ({ system, code: value })),
    ),
    phrases: [...phrasesOf(include, true), ...phrasesOf(compose?.exclude ?? [], false)].sort(
      (a, b) => b.words.length - a.words.length,
    ),
  };
}

const keyOf = (system: string | undefined, code: string): string => codeKey({ ...(system && { system }), code });
