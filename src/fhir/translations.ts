/** Words in other languages: the `translation` extension of FHIR, which stands beside a string. */
import { type Extensible, extensionNamed, extensionsNamed, extensionText } from './extensions.ts';

/** Words by language tag, in lower case. */
export type Translations = ReadonlyMap<string, string>;

const TAG = /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;

/** Whether a text is a language tag: `es`, `es-MX`. */
export const isLanguageTag = (text: string): boolean => TAG.test(text);

/** Whether words in one language serve somebody who asks for another: `es-MX` is served by `es`. */
export function serves(offered: string, wanted: string): boolean {
  const [one, other] = [offered.toLowerCase(), wanted.toLowerCase()];
  return other === one || other.startsWith(`${one}-`);
}

/** The translations beside a string; one without language or words is none. */
export function readTranslations(beside: Extensible | undefined): Translations {
  return new Map(
    extensionsNamed(beside, 'translation').flatMap((translation): [string, string][] => {
      const content = extensionNamed(translation, 'content');
      const [lang, words] = [extensionText(translation, 'lang'), content?.valueString ?? content?.valueMarkdown];
      return lang && words ? [[lang.toLowerCase(), words]] : [];
    }),
  );
}

/** The words for a language: those of its region, else those of the language. */
export function wordsIn(translations: Translations, lang: string): string | undefined {
  const near = [...translations].find(([offered]) => serves(offered, lang));
  return translations.get(lang.toLowerCase()) ?? near?.[1];
}
