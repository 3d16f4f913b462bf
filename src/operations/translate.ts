/**
 * Words of a resource in another language (`translation` extension of FHIR). No renderer reads it, so the service
 * resolves it; what has no translation keeps its words, and the `language` extension says which language they are in.
 */
import { ServiceError } from '../errors.ts';
import { extensionName } from '../fhir/extensions.ts';
import { isLanguageTag, readTranslations, serves, wordsIn } from '../fhir/translations.ts';
import type { Extension, FhirResource } from '../fhir/types.ts';

const LANGUAGE = 'http://hl7.org/fhir/StructureDefinition/language';
/** Knowledge is written in English unless it says otherwise. */
export const AUTHORED = 'en';

type Json = { [member: string]: unknown };
type Shadow = { id?: string; extension?: Extension[] };

/** The resource in `lang`; as it is when none is asked for, or when it is written in it. @throws ServiceError `bad-request` */
export function translated<T extends FhirResource>(resource: T, lang: string | undefined): T {
  if (lang === undefined) return resource;
  if (!isLanguageTag(lang)) throw new ServiceError('bad-request', 'lang: is no language tag');
  const authored = resource.language ?? AUTHORED;
  if (serves(authored, lang)) return resource;
  return { ...inLanguage(resource as unknown as Json, lang, authored, ''), language: lang } as unknown as T;
}

/** Where a string stands: the member around it; inside extensions only texts for patients are spoken to a person. */
type Place = 'extension' | 'patient-text' | (string & {});

const isSpoken = (name: string, place: Place): boolean => {
  if (place === 'extension') return false;
  if (place === 'patient-text') return name === 'valueString';
  return name === 'text' || name === 'title' || (name === 'display' && place === 'valueCoding');
};

function placeOf(node: Json, name: string, around: Place): Place {
  const inExtension = around === 'extension' || around === 'patient-text';
  if (name !== 'extension') return inExtension ? around : name;
  const isForPatient = typeof node.url === 'string' && extensionName({ url: node.url }) === 'patient-text';
  return isForPatient ? 'patient-text' : inExtension ? around : 'extension';
}

function inLanguage(node: Json, lang: string, authored: string, place: Place): Json {
  const result: Json = {};
  for (const [name, value] of Object.entries(node)) {
    if (name.startsWith('_') && typeof node[name.slice(1)] === 'string') continue;
    if (typeof value === 'string') say(result, name, value, node[`_${name}`] as Shadow | undefined);
    else result[name] = inside(value, name);
  }
  return result;

  function inside(value: unknown, name: string): unknown {
    if (Array.isArray(value)) return value.map((entry) => inside(entry, name));
    if (typeof value !== 'object' || value === null) return value;
    return inLanguage(value as Json, lang, authored, placeOf(value as Json, name, place));
  }

  function say(into: Json, name: string, words: string, shadow: Shadow | undefined): void {
    const content = wordsIn(readTranslations(shadow), lang);
    into[name] = content ?? words;
    const others = shadow?.extension?.filter((one) => extensionName(one) !== 'translation') ?? [];
    if (content === undefined && isSpoken(name, place)) others.push({ url: LANGUAGE, valueCode: authored });
    if (others.length > 0) into[`_${name}`] = { ...shadow, extension: others };
    else if (shadow?.id !== undefined) into[`_${name}`] = { id: shadow.id };
  }
}
