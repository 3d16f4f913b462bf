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
  return {
    sets: new Map(valueSets.map((set) => [set.url ?? '', readTermSet(set)])),
    translations: translationsOf(
      groups.filter(({ source }) => !isNames(source)),
      keyOf,
    ),
    provided: new Set(
      groups.filter(({ unmapped }) => unmapped?.mode === 'provided').flatMap(({ source }) => source ?? []),
    ),
    names: [
      ...translationsOf(
        groups.filter(({ source }) => isNames(source)),
        (_system, code) => code,
      ),
    ]
      .map(([name, translation]) => ({ words: wordsOf(name), translation }))
      .sort((a, b) => b.words.length - a.words.length),
  };
}

/** A combination may have targets in several systems, and so stands in several groups: all of them count. */
function translationsOf(
  groups: NonNullable<ConceptMap['group']>,
  keyFor: (system: string | undefined, code: string) => string,
): Map<string, Translation> {
  const translations = new Map<string, Translation>();
  for (const { source, target: system, element } of groups) {
    for (const { code = '', target = [] } of element) {
      const key = keyFor(source, code);
      const known = translations.get(key) ?? { codings: [], complete: true };
      const codings = target.flatMap((to): Coding[] =>
        to.code === undefined ? [] : [{ ...(system && { system }), code: to.code, display: to.display ?? to.code }],
      );
      translations.set(key, {
        codings: [...known.codings, ...codings],
        complete: known.complete && target.every(({ equivalence }) => equivalence !== 'unmatched'),
      });
    }
  }
  return translations;
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
