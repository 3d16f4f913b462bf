/** The person's health record on a FHIR server, whichever way the page got there. */
import type { Bundle, FhirResource } from 'fhir/r4';
import { Refusal } from './service.ts';

export type Request = { path: string; body?: FhirResource; headers?: Record<string, string> };

export type HealthRecord = {
  /** Base of the server. */
  base: string;
  patientId: string;
  /** Where the record is opened again when it does not let the page in any more. */
  reopenUrl?: string;
  /** @throws Refusal when the server refuses, anything else when it cannot be reached */
  send: (request: Request) => Promise<FhirResource | undefined>;
};

const PATIENCE_MS = 15_000;
/** Pages of one search: what is longer is not read in full, and is then not called so. */
const MOST_PAGES = 20;

/** A server that needs no token: the demonstration's. */
export function openRecord(base: string, patientId: string): HealthRecord {
  return { base, patientId, send: (request) => sendTo(base, request) };
}

/** One request with plain `fetch`. */
export async function sendTo(
  base: string,
  { path, body, headers }: Request,
  authorization?: string,
): Promise<FhirResource | undefined> {
  const response = await fetch(/^https?:/.test(path) ? path : `${base}/${path}`, {
    signal: AbortSignal.timeout(PATIENCE_MS),
    credentials: 'omit',
    headers: {
      accept: 'application/fhir+json',
      ...(body && { 'content-type': 'application/fhir+json' }),
      ...(authorization !== undefined && { authorization }),
      ...headers,
    },
    ...(body && { method: 'POST', body: JSON.stringify(body) }),
  });
  const answer = (await response.json().catch(() => undefined)) as FhirResource | undefined;
  if (!response.ok) throw new Refusal(response.status);
  return answer;
}

export type Chart = { bundle: Bundle; searched: string[] };

export const emptyChart = (): Chart => ({ bundle: { resourceType: 'Bundle', type: 'collection' }, searched: [] });

/** What the service needs of the record; what cannot be read is left out of `searched`. */
export async function readChart(record: HealthRecord, queries: { type: string; query: string }[]): Promise<Chart> {
  const found = await Promise.all(queries.map((one) => readAll(record, one).catch(() => undefined)));
  const entry = found.flatMap((resources) => resources ?? []).map((resource) => ({ resource }));
  const searched = queries.filter((_, at) => found[at] !== undefined).map(({ type }) => type);
  return { bundle: { resourceType: 'Bundle', type: 'collection', ...(entry.length > 0 && { entry }) }, searched };
}

async function readAll(record: HealthRecord, { query }: { query: string }): Promise<FhirResource[]> {
  const resources: FhirResource[] = [];
  let path: string | undefined = query.replaceAll('{{context.patientId}}', encodeURIComponent(record.patientId));
  for (let page = 0; path !== undefined; page += 1) {
    if (page === MOST_PAGES) throw new Error('more than is read');
    const answer = await record.send({ path });
    if (answer?.resourceType !== 'Bundle') return answer ? [...resources, answer] : resources;
    for (const { resource } of answer.entry ?? []) if (resource) resources.push(resource as FhirResource);
    path = answer.link?.find(({ relation }) => relation === 'next')?.url;
    // A server may not lead the page, and its token, elsewhere.
    if (path !== undefined && /^https?:/.test(path) && !path.startsWith(`${record.base}/`)) {
      const next = new URL(path);
      path = `${record.base}/${next.pathname.split('/').at(-1) ?? ''}${next.search}`;
    }
  }
  return resources;
}
