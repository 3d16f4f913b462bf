/** A trace that a client began (W3C Trace Context): in log lines, and with the reads that the call causes. */
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import pino from 'pino';
import { EMERGENCY, requestOf, SERVICE, topics } from '../harness/requests.ts';
import { type RunningService, startService } from '../harness/service.ts';
import { registered, type StubFhir, serving, startStub } from '../harness/stub-fhir.ts';

const ID = '4bf92f3577b34da6a3ce929d0e0e4736';
const PARENT = `00-${ID}-00f067aa0ba902b7-01`;
const lines: Record<string, unknown>[] = [];
const request = requestOf(EMERGENCY);
let ehr: StubFhir;
let service: RunningService;
beforeAll(async () => {
  ehr = await startStub(serving(request.prefetch));
  service = await startService({
    topics,
    config: { fhirServers: [registered(ehr.base)] },
    log: pino({}, { write: (line) => void lines.push(JSON.parse(line)) }),
  });
});
afterAll(async () => {
  for (const running of [service, ehr]) await running.close();
});
beforeEach(() => {
  for (const list of [lines, ehr.asked]) list.length = 0;
});

const call = (traceparent: string, body: unknown) =>
  fetch(service.base + SERVICE, {
    method: 'POST',
    headers: { 'content-type': 'application/json', traceparent },
    body: JSON.stringify(body),
  });
const sentOn = () => [...new Set(ehr.asked.map(({ traceparent }) => traceparent))];

test('when a call is part of a trace then its line names it, and every read carries it on', async () => {
  const { prefetch: _, ...bare } = request;
  expect((await call(PARENT, { ...bare, fhirServer: ehr.base })).status).toBe(200);
  expect(lines.find(({ msg }) => msg === 'answered')?.traceId).toBe(ID);
  expect(ehr.asked.length).toBeGreaterThan(1);
  expect(sentOn()).toEqual([PARENT]);
});

test('when a request is refused then its line names the trace too', async () => {
  expect((await call(PARENT, {})).status).toBe(400);
  expect(lines.find(({ msg }) => msg === 'request')?.traceId).toBe(ID);
});

test.each([
  'Mrs Kanarienvogel',
  `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`,
  `00-${ID}-${'0'.repeat(16)}-01`,
  `00-${ID.toUpperCase()}-00f067aa0ba902b7-01`,
  `00-${ID}-00f067aa0ba902b7`,
])('when the header is "%s" then it is none: nothing of it is logged or sent on', async (traceparent) => {
  const { prefetch: _, ...bare } = request;
  expect((await call(traceparent, { ...bare, fhirServer: ehr.base })).status).toBe(200);
  expect(lines.filter(({ traceId }) => traceId !== undefined)).toEqual([]);
  expect(JSON.stringify(lines)).not.toContain(traceparent);
  expect(sentOn()).toEqual([undefined]);
});
