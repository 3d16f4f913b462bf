/** Calls without prefetch: what the service makes of the time that a FHIR server takes. */
import { Agent } from 'node:http';
import { performance } from 'node:perf_hooks';
import type { FhirStub, Query } from './fhir-stub.ts';
import { targetOf } from './measure.ts';
import { post } from './post.ts';
import type { ServerProcess } from './server-process.ts';

/** One call and its queries; times in ms, NaN when nothing was asked. */
export type FallbackCall = {
  call: number;
  slowest: number;
  queries: number;
  mostAtOnce: number;
  /** From the start of the call to its first query, from there to its last one, from the last answer to the end. */
  before: number;
  asking: number;
  after: number;
};

/** Bodies that name the FHIR server and bring nothing. */
export const withoutPrefetch = (bodies: Buffer[], fhirServer: string): Buffer[] =>
  bodies.map((body) => {
    const { prefetch: _, ...request } = JSON.parse(body.toString());
    const fhirAuthorization = {
      access_token: 'bench',
      token_type: 'Bearer',
      expires_in: 300,
      scope: 'patient/*.read',
      subject: 'bench',
    };
    return Buffer.from(JSON.stringify({ ...request, fhirServer, fhirAuthorization }));
  });

/** One call after the other, for so long. @throws when a call is not answered from the whole chart */
export async function callInTurn(
  server: ServerProcess,
  stub: FhirStub,
  bodies: Buffer[],
  seconds: number,
): Promise<FallbackCall[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const calls: FallbackCall[] = [];
  const until = performance.now() + seconds * 1000;
  try {
    while (performance.now() < until) {
      const body = bodies[calls.length % bodies.length] ?? Buffer.alloc(0);
      stub.taken();
      const start = performance.now();
      const { status, text } = await post(targetOf(server), agent, body, { keep: true });
      const end = performance.now();
      if (status !== 200 || text.includes('ould not be read'))
        throw new Error(`status ${status}, the chart was not read: ${text.slice(0, 300)}`);
      calls.push(shapeOf({ began: start, ended: end }, stub.taken()));
    }
  } finally {
    agent.destroy();
  }
  return calls;
}

/** How the queries of one call lay in its time. */
export function shapeOf(call: Query, queries: Query[]): FallbackCall {
  const times = (read: (query: Query) => number) => (queries.length === 0 ? [Number.NaN] : queries.map(read));
  const begins = times(({ began }) => began);
  const first = Math.min(...begins);
  const open = (at: number) => queries.filter(({ began, ended }) => began <= at && at < ended).length;
  return {
    call: call.ended - call.began,
    slowest: Math.max(...times(({ began, ended }) => ended - began)),
    queries: queries.length,
    mostAtOnce: Math.max(0, ...queries.map(({ began }) => open(began))),
    before: first - call.began,
    asking: Math.max(...begins) - first,
    after: call.ended - Math.max(...times(({ ended }) => ended)),
  };
}
