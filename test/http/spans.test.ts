/** Spans for an OpenTelemetry collector: a request, and below it the reads that it caused; nothing of a patient. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openTelemetry, type Tracing } from '../../src/tracing/open-telemetry.ts';
import { EMERGENCY, requestOf, SERVICE, topics } from '../harness/requests.ts';
import { type RunningService, startService } from '../harness/service.ts';
import { registered, type StubFhir, sendJson, serving, startStub, typeOf } from '../harness/stub-fhir.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const PARENT = '00f067aa0ba902b7';

type Span = {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  kind: number;
  status: { code?: number };
  attributes: { key: string; value: unknown }[];
};
type Export = { resourceSpans: { resource: unknown; scopeSpans: { spans: Span[] }[] }[] };

const exported: Export[] = [];
let collector: Server;
let tracing: Tracing;
let ehr: StubFhir;
let service: RunningService;
const request = requestOf(EMERGENCY);
beforeAll(async () => {
  collector = createServer(async (asked, response) => {
    let body = '';
    for await (const chunk of asked) body += chunk;
    if (asked.url === '/v1/traces') exported.push(JSON.parse(body) as Export);
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
  await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
  tracing = openTelemetry(`http://127.0.0.1:${(collector.address() as AddressInfo).port}`);
  const good = serving(request.prefetch);
  ehr = await startStub((response, path, base) =>
    typeOf(path) === 'Encounter' ? sendJson(response, {}, 500) : good(response, path, base),
  );
  service = await startService({
    topics,
    config: { fhirServers: [registered(ehr.base)] },
    startSpan: tracing.start,
  });
});
afterAll(async () => {
  for (const running of [service, ehr]) await running.close();
  collector.closeAllConnections();
  collector.close();
});

const call = (body: unknown, headers: Record<string, string> = {}) =>
  fetch(service.base + SERVICE, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });

test('when a call is part of a trace then its span and those of its reads are, and the reads carry the call’s span on', async () => {
  const { prefetch: _, ...bare } = request;
  expect((await call({ ...bare, fhirServer: ehr.base }, { traceparent: `00-${TRACE}-${PARENT}-01` })).status).toBe(200);
  expect((await call({})).status).toBe(400);
  await new Promise((resolve) => setTimeout(resolve, 50));
  await tracing.stop();
  const spans = exported.flatMap(({ resourceSpans }) =>
    resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans)),
  );
  const [server, refused] = spans.filter(({ name }) => name === 'POST /cds-services');
  expect(server).toMatchObject({ traceId: TRACE, parentSpanId: PARENT, kind: 2, status: {} });
  expect(server?.attributes).toEqual([{ key: 'http.response.status_code', value: { intValue: 200 } }]);
  expect(refused?.traceId).not.toBe(TRACE);
  expect(refused?.parentSpanId ?? '').toBe('');
  const reads = spans.filter(({ name }) => name.startsWith('read '));
  expect(reads.map(({ name }) => name)).toEqual(expect.arrayContaining(['read Patient', 'read Observation']));
  expect(
    reads.filter(
      ({ traceId, parentSpanId, kind }) => traceId !== TRACE || parentSpanId !== server?.spanId || kind !== 3,
    ),
  ).toEqual([]);
  expect(reads.filter(({ status }) => status.code === 2).map(({ name }) => name)).toEqual(['read Encounter']);
  expect(new Set(ehr.asked.map(({ traceparent }) => traceparent))).toEqual(
    new Set([`00-${TRACE}-${server?.spanId}-01`]),
  );
  expect(JSON.stringify(exported)).toContain('pregnancy-back-pain-cds');
  expect(JSON.stringify(exported)).not.toMatch(/case-patient|Practitioner|1996-02-03|emergency/i);
});
