/** The page's own words. Every language has every word (the types hold it); what is clinical comes from the service. */
import en from './words/en.json';
import es from './words/es.json';
import fa from './words/fa.json';

export type Words = Record<keyof typeof en, string>;
type Language = { words: Words; dir: 'ltr' | 'rtl' };

export const LANGUAGES: Readonly<Record<string, Language>> = {
  en: { words: en, dir: 'ltr' },
  es: { words: es, dir: 'ltr' },
  fa: { words: fa, dir: 'rtl' },
};
const FALLBACK = LANGUAGES.en as Language;

export const wordsOf = (lang: string): Words => (LANGUAGES[lang] ?? FALLBACK).words;
export const directionOf = (lang: string): 'ltr' | 'rtl' => (LANGUAGES[lang] ?? FALLBACK).dir;

/** The language that is asked for, else the first of the browser's that there are words in. */
export function chosenLanguage(asked: string | null, preferred: readonly string[]): string {
  const wanted = [asked ?? '', ...preferred].map((tag) => tag.toLowerCase().split('-')[0] ?? '');
  return wanted.find((lang) => Object.hasOwn(LANGUAGES, lang)) ?? 'en';
}

/** Puts values into `{places}` of a text. */
export const fill = (text: string, values: Record<string, string | number>): string =>
  text.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
