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

  /** All pages in one Bundle; where a page could not be read the link to it is left, so that nobody takes it for all. */
  async function withNextPages(first: Bundle): Promise<Bundle> {
    let entry = first.entry ?? [];
    let last = first;
    for (let page = 1; page < PAGE_CAP; page += 1) {
      const next = nextPage(last, base);
      const bundle = next === undefined ? undefined : await get(next).catch(() => undefined);
      if (bundle?.resourceType !== 'Bundle') break;
      entry = entry.concat(bundle.entry ?? []);
      last = bundle;
    }
    return { ...first, entry, link: last.link ?? [] };
  }

  return async (query) => {
    const first = await get(`${base}/${query}`);
    return first.resourceType === 'Bundle' ? withNextPages(first) : first;
  };
}

/** The next page, only on the same server. */
function nextPage({ link }: Bundle, base: string): string | undefined {
  const url = link?.find(({ relation }) => relation === 'next')?.url;
  if (url === undefined || !URL.canParse(url, `${base}/`)) return undefined;
  const absolute = new URL(url, `${base}/`);
  return absolute.origin === new URL(base).origin ? absolute.href : undefined;
}
