/**
 * Words of a resource in another language (`translation` extension of FHIR). No renderer reads it, so the service
 * resolves it; what has no translation keeps its words, and the `language` extension says which language they are in.
 */
import { ServiceError } from '../errors.ts';
import { extensionsNamed, extensionText } from '../fhir/extensions.ts';
import type { Extension, FhirResource } from '../fhir/types.ts';

const LANGUAGE = 'http://hl7.org/fhir/StructureDefinition/language';
/** Knowledge is written in English unless it says otherwise. */
const AUTHORED = 'en';
const TAG = /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;

type Json = { [member: string]: unknown };
type Shadow = { id?: string; extension?: Extension[] };

/** The resource in `lang`; as it is when none is asked for, or when it is written in it. @throws ServiceError `bad-request` */
export function translated<T extends FhirResource>(resource: T, lang: string | undefined): T {
  if (lang === undefined) return resource;
  if (!TAG.test(lang)) throw new ServiceError('bad-request', 'lang: is no language tag');
  const authored = resource.language ?? AUTHORED;
  if (isOf(lang, authored)) return resource;
  return { ...inLanguage(resource as unknown as Json, lang, authored, ''), language: lang } as unknown as T;
}

/** `es-MX` is served by `es`. */
const isOf = (wanted: string, offered: string): boolean => {
  const [one, other] = [wanted.toLowerCase(), offered.toLowerCase()];
  return one === other || one.startsWith(`${other}-`);
};

function inLanguage(node: Json, lang: string, authored: string, within: string): Json {
  const result: Json = {};
  for (const [name, value] of Object.entries(node)) {
    if (name.startsWith('_') && typeof node[name.slice(1)] === 'string') continue;
    if (typeof value === 'string') say(result, name, value, node[`_${name}`] as Shadow | undefined);
    else result[name] = name === 'extension' ? value : inside(value, name);
  }
  return result;

  function inside(value: unknown, name: string): unknown {
    if (Array.isArray(value)) return value.map((entry) => inside(entry, name));
    return typeof value === 'object' && value !== null ? inLanguage(value as Json, lang, authored, name) : value;
  }

  function say(into: Json, name: string, words: string, shadow: Shadow | undefined): void {
    const content = translationOf(shadow, lang);
    into[name] = content ?? words;
    const others = shadow?.extension?.filter(({ url }) => !url.endsWith('/translation')) ?? [];
    const isSpoken = name === 'text' || name === 'title' || (name === 'display' && within === 'valueCoding');
    if (content === undefined && isSpoken) others.push({ url: LANGUAGE, valueCode: authored });
    if (others.length > 0) into[`_${name}`] = { ...shadow, extension: others };
    else if (shadow?.id !== undefined) into[`_${name}`] = { id: shadow.id };
  }
}

function translationOf(shadow: Shadow | undefined, lang: string): string | undefined {
  const offered = extensionsNamed(shadow, 'translation');
  const found =
    offered.find((one) => extensionText(one, 'lang')?.toLowerCase() === lang.toLowerCase()) ??
    offered.find((one) => isOf(lang, extensionText(one, 'lang') ?? lang));
  const content = found?.extension?.find(({ url }) => url === 'content');
  return content?.valueString ?? content?.valueMarkdown;
}
