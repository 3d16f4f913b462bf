/** ReadFhir over HTTP against a registered FHIR server; hardened further by the client-trust work. */
import type { ReadFhir } from '../fhir/read-fhir.ts';
import type { Bundle, FhirResource } from '../fhir/types.ts';

const PAGE_CAP = 10;

export type ReadOverHttp = {
  /** Base without a slash at the end; the caller has checked that it is registered. */
  base: string;
  /** Bearer token, sent to this base only. */
  token?: string | undefined;
  /** Milliseconds for everything that is read with this reader. */
  budgetMs: number;
};

/** A reader for one request: all its queries share one budget. */
export function readOverHttp({ base, token, budgetMs }: ReadOverHttp): ReadFhir {
  const signal = AbortSignal.timeout(budgetMs);
  const headers = { accept: 'application/fhir+json', ...(token !== undefined && { authorization: `Bearer ${token}` }) };

  async function get(url: string): Promise<FhirResource> {
    const response = await fetch(url, { headers, signal, redirect: 'error' });
    if (!response.ok) throw new Error(`FHIR server answered ${response.status}`);
    const resource = (await response.json()) as FhirResource;
    if (typeof resource?.resourceType !== 'string' || resource.resourceType === 'OperationOutcome') {
      throw new Error('FHIR server answered no usable resource');
    }
    return resource;
  }

  return async (query) => {
    const first = await get(`${base}/${query}`);
    if (first.resourceType !== 'Bundle') return first;
    const entry = [...(first.entry ?? [])];
    let next = nextPage(first, base);
    for (let page = 1; next !== undefined; page += 1) {
      // An incomplete list is not the list: what is not fully read counts as not read.
      if (page >= PAGE_CAP) throw new Error('FHIR server answers more pages than are read');
      const bundle = await get(next);
      if (bundle.resourceType !== 'Bundle') throw new Error('FHIR server answered a page that is no Bundle');
      entry.push(...(bundle.entry ?? []));
      next = nextPage(bundle, base);
    }
    return { ...first, entry };
  };
}

/** The next page, only on the same server. */
function nextPage({ link }: Bundle, base: string): string | undefined {
  const url = link?.find(({ relation }) => relation === 'next')?.url;
  if (url === undefined) return undefined;
  const absolute = new URL(url, `${base}/`);
  if (absolute.origin !== new URL(base).origin) throw new Error('FHIR server names a next page elsewhere');
  return absolute.href;
}
