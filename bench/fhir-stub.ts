/** A FHIR server that has the charts of the bodies and takes its time, and remembers when it was asked. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { performance } from 'node:perf_hooks';
import type { Bundle, FhirResource } from '../src/fhir/types.ts';

/** From the request's head to the end of the answer, in ms of this process. */
export type Query = { began: number; ended: number };

export type FhirStub = {
  base: string;
  /** The queries since it was asked last. */
  taken: () => Query[];
  close: () => Promise<void>;
};

/** Bytes that are ready, of known length: what is measured is the service, not how long a stub takes to write. */
const ready = (resource: unknown): Buffer => Buffer.from(JSON.stringify(resource));

const NOTHING = ready({ resourceType: 'Bundle', type: 'searchset', total: 0, entry: [] });

/** Patient and type, as in a query -> the answer. */
type Answers = ReadonlyMap<string, Buffer>;

export async function startFhirStub(bodies: Buffer[], answersAfterMs: number): Promise<FhirStub> {
  const answers = answersOf(bodies);
  let queries: Query[] = [];
  const server = createServer(({ url = '' }, response) => {
    const began = performance.now();
    response.once('finish', () => queries.push({ began, ended: performance.now() }));
    const bytes = answers.get(keyOf(url)) ?? NOTHING;
    const head = { 'content-type': 'application/fhir+json', 'content-length': bytes.length };
    setTimeout(() => response.writeHead(200, head).end(bytes), answersAfterMs);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}/fhir`,
    taken: () => {
      const since = queries;
      queries = [];
      return since;
    },
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

/** `/fhir/Patient/1` and `/fhir/Observation?patient=1&code=…` are of the same patient. */
const keyOf = (url: string) => {
  const [, type, id] = /^\/fhir\/(\w+)(?:\/|\?patient=)([\w-]+)/.exec(url) ?? [];
  return `${type} ${id}`;
};

function answersOf(bodies: Buffer[]): Answers {
  const prefetches = bodies.map((body) => JSON.parse(body.toString()) as { prefetch: Record<string, FhirResource> });
  return new Map(
    prefetches.flatMap(({ prefetch: { patient, ...others } }) => [
      [`Patient ${patient?.id}`, ready(patient)] as const,
      ...Object.values(others).map((bundle) => {
        const type = (bundle as Bundle).entry?.[0]?.resource?.resourceType;
        return [`${type} ${patient?.id}`, ready(bundle)] as const;
      }),
    ]),
  );
}
