/** Translations: each has a language and words, each language stands once, and the resource says how far it was checked. */
import { type Extensible, extensionNamed, extensionsNamed, extensionText } from '../../fhir/extensions.ts';
import { isLanguageTag, readTranslations } from '../../fhir/translations.ts';
import type { FhirResource } from '../../fhir/types.ts';
import { wrongAgainst } from './extensions.ts';
import { BESIDE_STRINGS } from './known-extensions.ts';
import { fieldsOf, type Part, partsOf } from './parts.ts';

/** Parts of their own: checked under their own name. */
const OTHER_PARTS = new Set(['item', 'action', 'answerOption', 'enableWhen', 'contained']);

/** Reasons against what stands beside the strings of a part. */
export const wrongTranslations = ({ node }: Part): string[] =>
  besideStrings(node).flatMap(({ name, words, beside }) => {
    const reasons = [...wrongAgainst(beside, BESIDE_STRINGS, ''), ...wrongWords(beside)];
    if (typeof words !== 'string' || words === '') reasons.push('there are no words that it could translate');
    return reasons.map((reason) => `\`${name}\`: ${reason}`);
  });

function wrongWords(beside: Extensible): string[] {
  const translations = extensionsNamed(beside, 'translation');
  const langs = translations.flatMap((one) => extensionText(one, 'lang') ?? []);
  const contents = translations.flatMap((one) => extensionNamed(one, 'content') ?? []);
  const empty = contents.filter(({ valueString, valueMarkdown }) => (valueString ?? valueMarkdown ?? '').trim() === '');
  return [...wrongLanguages(langs), ...empty.map(() => 'a translation has no words')];
}

/** Reasons against languages of which each stands once. */
function wrongLanguages(langs: string[]): string[] {
  const known = langs.map((lang) => lang.toLowerCase());
  const repeated = langs.filter((_, at) => known.indexOf(known[at] ?? '') !== at);
  return [
    ...langs.filter((lang) => !isLanguageTag(lang)).map((lang) => `\`${lang}\` is no language tag`),
    ...repeated.map((lang) => `the language ${lang} stands twice`),
  ];
}

/** Reasons against what a resource says of its languages: nobody should take a draft for a text that was reviewed. */
export function wrongLanguageStatus(resource: FhirResource): string[] {
  const status = extensionsNamed(resource as Extensible, 'translation-status');
  const stated = status.flatMap((one) => extensionText(one, 'lang') ?? []);
  const spoken = new Set(
    partsOf(resource).flatMap(({ node }) =>
      besideStrings(node).flatMap(({ beside }) => [...readTranslations(beside).keys()]),
    ),
  );
  const known = new Set(stated.map((lang) => lang.toLowerCase()));
  return [
    ...wrongLanguages(stated).map((reason) => `\`translation-status\`: ${reason}`),
    ...[...spoken].filter((lang) => !known.has(lang)).map((lang) => `no \`translation-status\` for ${lang}`),
    ...[...known].filter((lang) => !spoken.has(lang)).map((lang) => `\`translation-status\`: nothing is in ${lang}`),
  ];
}

type BesideString = { name: string; words: unknown; beside: Extensible };

/** What stands beside the strings of a part: `_text` beside `text`. */
function besideStrings(node: object): BesideString[] {
  const fields = fieldsOf(node);
  return [...fields].flatMap(([name, value]): BesideString[] => {
    if (typeof value !== 'object' || value === null || OTHER_PARTS.has(name)) return [];
    if (Array.isArray(value)) return value.filter(isObject).flatMap(besideStrings);
    if (!name.startsWith('_')) return besideStrings(value);
    return [{ name: name.slice(1), words: fields.get(name.slice(1)), beside: value }];
  });
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
