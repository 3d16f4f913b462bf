/** Pages of a search (FHIR R4, Search: `_count`, links); the knowledge does not change while the service runs. */
import { ServiceError } from '../errors.ts';
import type { Bundle } from '../fhir/types.ts';

type Page = { from: number; to: number; links: NonNullable<Bundle['link']> };

/**
 * Without `_count` everything is one page; with 0 there is only the total.
 * @throws ServiceError `bad-request`
 */
export function pageOf(query: URLSearchParams, total: number, address: string): Page {
  const count = wholeNumber(query, '_count') ?? total;
  const from = wholeNumber(query, '_offset') ?? 0;
  const at = (offset: number) => {
    const other = new URLSearchParams(query);
    other.set('_offset', String(offset));
    return `${address}?${other}`;
  };
  const links: Page['links'] = [{ relation: 'self', url: query.size > 0 ? `${address}?${query}` : address }];
  if (count > 0 && count < total) links.push({ relation: 'first', url: at(0) });
  if (count > 0 && from > 0) links.push({ relation: 'previous', url: at(Math.max(0, from - count)) });
  if (count > 0 && from + count < total) links.push({ relation: 'next', url: at(from + count) });
  return { from, to: from + count, links };
}

function wholeNumber(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw new ServiceError('bad-request', `${name}: is no whole number`);
}
