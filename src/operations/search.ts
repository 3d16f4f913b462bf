/** Search of the served knowledge (FHIR R4, Search): a few parameters, each of them honoured; others are refused. */
import { ServiceError } from '../errors.ts';
import type { Bundle } from '../fhir/types.ts';
import type { Canonical, Library } from './library.ts';
import { pageOf } from './page.ts';
import { translated } from './translate.ts';

type Match = (resource: Canonical, wanted: string) => boolean;
export type SearchParameter = { name: string; type: 'token' | 'uri' | 'string'; matches: Match };

/** A string matches from its beginning, whatever its case. */
const beginsWith = (text: string | undefined, wanted: string): boolean =>
  text?.toLowerCase().startsWith(wanted.toLowerCase()) ?? false;

export const SEARCH_PARAMETERS: readonly SearchParameter[] = [
  { name: '_id', type: 'token', matches: ({ id }, wanted) => id === wanted },
  { name: 'url', type: 'uri', matches: ({ url }, wanted) => url === wanted },
  { name: 'version', type: 'token', matches: ({ version }, wanted) => version === wanted },
  { name: 'name', type: 'string', matches: ({ name }, wanted) => beginsWith(name, wanted) },
  { name: 'title', type: 'string', matches: ({ title }, wanted) => beginsWith(title, wanted) },
  { name: 'status', type: 'token', matches: ({ status }, wanted) => status === wanted },
];

/** No filters, but members of every query. */
const OTHERS = new Set(['lang', '_count', '_offset']);

export type SearchRequest = {
  query: URLSearchParams;
  /** Address of the API. */
  base: string;
  /** The language that the client prefers, unless `lang` says another. */
  lang?: string | undefined;
  /** What is not honoured is left out, and the link `self` says what was used (`Prefer: handling=lenient`). */
  lenient?: boolean;
};

/**
 * Searches a type. Parameters are and-ed; values that are parted by commas are or-ed. `_count` and `_offset` give a page.
 * @throws ServiceError `unknown-resource`, `bad-request` for a parameter that is not honoured
 */
export function search(library: Library, type: string, { query, base, lang, lenient }: SearchRequest): Bundle {
  if (!library.types.includes(type)) throw new ServiceError('unknown-resource', 'This type is not served here');
  const isHonoured = (name: string) => OTHERS.has(name) || SEARCH_PARAMETERS.some((one) => one.name === name);
  const asked = new URLSearchParams([...query].filter(([name]) => !lenient || isHonoured(name)));
  const filters = [...asked].filter(([name]) => !OTHERS.has(name)).map(([name, value]) => filterOf(name, value));
  const found = library.all(type).filter((resource) => filters.every((holds) => holds(resource)));
  const { links, from, to } = pageOf(asked, found.length, `${base}/${type}`);
  const page = found.slice(from, to);
  return {
    resourceType: 'Bundle',
    type: 'searchset',
    total: found.length,
    link: links,
    ...(page.length > 0 && {
      entry: page.map((resource) => ({
        fullUrl: `${base}/${type}/${resource.id}`,
        resource: translated(resource, asked.get('lang') ?? lang),
        search: { mode: 'match' as const },
      })),
    }),
  };
}

function filterOf(name: string, value: string): (resource: Canonical) => boolean {
  const parameter = SEARCH_PARAMETERS.find((one) => one.name === name);
  if (!parameter) {
    const known = SEARCH_PARAMETERS.map((one) => one.name).join(', ');
    throw new ServiceError(
      'bad-request',
      `Only these search parameters are honoured: ${known}, ${[...OTHERS].join(', ')}`,
    );
  }
  const wanted = value.split(',');
  return (resource) => wanted.some((one) => parameter.matches(resource, one));
}

/** Reads one resource. @throws ServiceError `unknown-resource` */
export function read(library: Library, type: string, id: string, lang?: string): Canonical {
  const found = library.read(type, id);
  if (!found) throw new ServiceError('unknown-resource', 'There is no such resource');
  return translated(found, lang);
}
