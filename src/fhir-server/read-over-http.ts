/** ReadFhir over HTTP for one call: one budget, a cap on everything, the token to its own server only (bar S1, S2, R2). */
import type { Dispatcher } from 'undici';
import type { ReadFhir } from '../fhir/read-fhir.ts';
import type { Bundle, FhirResource } from '../fhir/types.ts';
import { checkLiteral } from '../outbound/agent.ts';
import { getJson, UselessAnswer } from '../outbound/get-json.ts';
import type { CircuitBreaker } from './circuit-breaker.ts';
import { inParallel } from './in-parallel.ts';
import { isUnder, nextPage } from './next-page.ts';

const MOST_PAGES = 10;
const MOST_BYTES = 8_388_608;
/** As many as a call has queries at the most: a second round would double the wait. */
const MOST_AT_ONCE = 16;
/** No single request takes the whole budget, so that others still have their turn. */
const SHARE_OF_REQUEST = 0.8;

export type ReadOverHttp = {
  /** A registered server. */
  server: { base: string; privateNetwork: boolean };
  /** Bearer token, sent to this server only. */
  token?: string | undefined;
  /** The trace that the reads are part of (W3C Trace Context). */
  traceparent?: string | undefined;
  /** Milliseconds for everything that is read with this reader. */
  budgetMs: number;
  dispatcher: Dispatcher;
  breaker: CircuitBreaker;
};

/** A reader for one call: all its queries share one budget. */
export function readOverHttp({ server, token, traceparent, budgetMs, dispatcher, breaker }: ReadOverHttp): ReadFhir {
  const { base, privateNetwork } = server;
  const headers = {
    accept: 'application/fhir+json',
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
    ...(traceparent !== undefined && { traceparent }),
  };
  const home = new URL(base);
  const inTurn = inParallel(MOST_AT_ONCE);
  let begun: { open: boolean; until: number } | undefined;
  let failed = false;
  let bytesLeft = 4 * MOST_BYTES;

  /** A server that cannot answer fails the call once, however many queries it has. */
  function note(error: unknown): void {
    if (failed || (error instanceof UselessAnswer && error.status < 500 && error.status !== 429)) return;
    failed = true;
    breaker.failed();
  }

  /** The budget runs from the first read; a call that has everything asks for nothing. */
  const begin = () => ({ open: breaker.mayAsk(), until: performance.now() + budgetMs });

  async function get(url: URL): Promise<FhirResource> {
    begun ??= begin();
    const { open, until } = begun;
    if (!open) throw new Error('the FHIR server rests');
    checkLiteral(url, privateNetwork);
    // A timer and a controller: signals with a time of their own cost more than the request.
    const over = new AbortController();
    const left = Math.min(until - performance.now(), budgetMs * SHARE_OF_REQUEST);
    const timer = setTimeout(() => over.abort(), Math.max(Math.ceil(left), 0));
    try {
      if (left <= 0) throw new Error('the time for this call is over');
      const resource = (await getJson(url, {
        dispatcher,
        headers,
        signal: over.signal,
        mostBytes: Math.min(MOST_BYTES, bytesLeft),
        onBytes: (bytes) => {
          bytesLeft -= bytes;
        },
      })) as FhirResource | null;
      breaker.succeeded();
      if (typeof resource?.resourceType !== 'string' || resource.resourceType === 'OperationOutcome') {
        throw new UselessAnswer(200, 'is no usable resource');
      }
      return resource;
    } catch (error) {
      note(error);
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  /** All pages in one Bundle; where a page could not be read the link to it is left, so that nobody takes it for all. */
  async function withNextPages(first: Bundle, url: URL): Promise<Bundle> {
    const seen = new Set([url.href]);
    let entry = first.entry ?? [];
    let last = first;
    for (let page = 1; page < MOST_PAGES; page += 1) {
      const next = nextPage(last, base);
      if (!(next instanceof URL) || seen.has(next.href)) break;
      seen.add(next.href);
      const bundle = await get(next).catch(() => undefined);
      if (bundle?.resourceType !== 'Bundle' || !Array.isArray(bundle.entry ?? [])) break;
      entry = entry.concat(bundle.entry ?? []);
      last = bundle;
    }
    return { ...first, entry, link: last.link ?? [] };
  }

  return (query) =>
    inTurn(async () => {
      const url = new URL(`${base}/${query}`);
      // Parts of a query may come from a chart: `../x` is another address.
      if (!isUnder(home, url)) throw new Error('the query leads elsewhere');
      const first = await get(url);
      return first.resourceType === 'Bundle' ? withNextPages(first, url) : first;
    });
}
