import type { Bundle, BundleLink } from '@medplum/fhirtypes';

/**
 * Adds to a search result what FHIR R4 asks of a searchset: full URLs, search mode, and the links by which it is paged.
 *
 * @param typeUrl - absolute URL of the searched type
 * @param query - the search that was really made
 */
export function completeSearchset(found: Bundle, typeUrl: string, query: URLSearchParams): Bundle {
  const entries = (found.entry ?? []).map((entry) => ({
    ...entry,
    fullUrl: `${typeUrl}/${entry.resource?.id}`,
    search: { mode: 'match' as const },
  }));
  const { entry: _, ...bundle } = found;
  const link: BundleLink[] = [{ relation: 'self', url: urlOf(typeUrl, query) }];
  const next = nextPage(query, entries.length, found.total ?? entries.length);
  if (next !== undefined) link.push({ relation: 'next', url: urlOf(typeUrl, next) });
  return { ...bundle, link, ...(entries.length > 0 && { entry: entries }) };
}

function nextPage(query: URLSearchParams, shown: number, total: number): URLSearchParams | undefined {
  const reached = Number(query.get('_offset') ?? 0) + shown;
  if (shown === 0 || reached >= total) return undefined;
  const next = new URLSearchParams(query);
  next.set('_offset', String(reached));
  return next;
}

function urlOf(typeUrl: string, query: URLSearchParams): string {
  return query.size > 0 ? `${typeUrl}?${query}` : typeUrl;
}
