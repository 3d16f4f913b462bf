/** A call that brings no data, to the slowest query that it has to wait for anyway. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { callInTurn, type FallbackCall, withoutPrefetch } from '../fallback.ts';
import { startFhirStub } from '../fhir-stub.ts';
import { head, median, quantile, row, show } from '../figures.ts';
import { warmUp } from '../measure.ts';
import { aim, type Part } from '../part.ts';
import { startServer } from '../server-process.ts';

/** As a FHIR server in the same house may take. */
const QUERY_MS = 20;
const MOST_RATIO = 1.1;

/** Calls at one connection, for `seconds`; the FHIR server is in this process. */
export async function measureFallback(command: string[], bodies: Buffer[], seconds: number): Promise<FallbackCall[]> {
  const stub = await startFhirStub(bodies, QUERY_MS);
  const folder = mkdtempSync(join(tmpdir(), 'bench-fhir-'));
  const file = join(folder, 'fhir-servers.json');
  writeFileSync(file, JSON.stringify([{ base: stub.base, privateNetwork: true }]));
  try {
    const server = await startServer(command, { FHIR_SERVERS_FILE: file });
    try {
      // The core is the same with prefetch, and warm much sooner.
      await warmUp({ server }, bodies, 16);
      const empty = withoutPrefetch(bodies, stub.base);
      // What asks a FHIR server is not: calls side by side make it so.
      await warmUp({ server }, empty, 4);
      stub.taken();
      return await callInTurn(server, stub, empty, seconds);
    } finally {
      await server.stop();
    }
  } finally {
    await stub.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

export function fallbackPart(calls: FallbackCall[]): Part {
  const middle = (read: (call: FallbackCall) => number) => median(calls.map(read));
  const call = middle((one) => one.call);
  const slowest = middle((one) => one.slowest);
  const ratio = call / slowest;
  const p95 = quantile(
    calls.map((one) => one.call),
    0.95,
  );
  const line = (name: string, value: number, digits = 1) => row(name, show(value, digits));
  const middleLine = (name: string, read: (call: FallbackCall) => number, digits = 1) =>
    line(name, middle(read), digits);
  return {
    table: [
      ...head(`without prefetch, 1 connection, each query takes ${QUERY_MS} ms; medians`, `${calls.length} calls`),
      line('call, ms', call),
      line('call, ms, p95', p95),
      line('its slowest query, as the FHIR server saw it, ms', slowest),
      line('call to slowest query', ratio, 2),
      middleLine('queries', ({ queries }) => queries, 0),
      middleLine('most of them at once', ({ mostAtOnce }) => mostAtOnce, 0),
      middleLine('until the first is asked, ms', ({ before }) => before),
      middleLine('from there until the last is asked, ms', ({ asking }) => asking),
      middleLine('from the last answer to the end, ms', ({ after }) => after),
    ],
    ratios: { fallback: ratio },
    aims: [aim(`call without prefetch <= ${MOST_RATIO} x its slowest query`, ratio, 2, (r) => r <= MOST_RATIO)],
  };
}
