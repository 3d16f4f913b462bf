/** A FHIR server that fails (bar R2, S2; conformance TIM-1): answered in time, the unknown said, no token elsewhere. */
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { EMERGENCY, levelOf, requestOf, SERVICE, saidUnread, topics, withPrefetch } from '../harness/requests.ts';
import { type RunningService, startService } from '../harness/service.ts';
import {
  type Answering,
  registered,
  type StubFhir,
  sendJson,
  serving,
  startStub,
  typeOf,
} from '../harness/stub-fhir.ts';

const TOKEN = 'token-of-this-call-only';
const full = requestOf(EMERGENCY);
const observations = full.prefetch.observations as { entry: unknown[] };

let answer: Answering;
let fhir: StubFhir;
let elsewhere: StubFhir;
let service: RunningService;
beforeEach(async () => {
  fhir = await startStub((...asked) => answer(...asked));
  elsewhere = await startStub(serving(full.prefetch));
  service = await startService({ topics, config: { fhirServers: [registered(fhir.base)], fhirBudgetMs: 150 } });
});
afterEach(async () => {
  for (const running of [service, fhir, elsewhere]) await running.close();
});

const request = (prefetch: Record<string, unknown>) => ({
  ...full,
  fhirServer: fhir.base,
  fhirAuthorization: { access_token: TOKEN, token_type: 'Bearer', expires_in: 300, scope: 's', subject: 's' },
  prefetch,
});
const withoutObservations = () => request(withPrefetch(full, { observations: undefined }).prefetch);

const PADDING = ' '.repeat(65_536);

const FAULTS: [string, Answering][] = [
  ['answers 500', (response) => sendJson(response, { resourceType: 'OperationOutcome' }, 500)],
  ['answers 401', (response) => sendJson(response, { resourceType: 'OperationOutcome' }, 401)],
  ['answers 404', (response) => sendJson(response, {}, 404)],
  ['answers 429', (response) => void response.writeHead(429, { 'retry-after': '60' }).end()],
  ['answers an OperationOutcome', (response) => sendJson(response, { resourceType: 'OperationOutcome', issue: [] })],
  [
    'answers HTML',
    (response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<html>login</html>'),
  ],
  [
    'answers half a body',
    (response) => void response.writeHead(200, { 'content-length': '999' }).write('{"resourceType"'),
  ],
  ['answers nothing', (response) => void response.writeHead(204).end()],
  ['answers null', (response) => sendJson(response, null)],
  ['answers a list', (response) => sendJson(response, [observations])],
  ['answers another type', (response) => sendJson(response, { resourceType: 'Basic', id: 'b' })],
  ['answers a Bundle that is none', (response) => sendJson(response, { resourceType: 'Bundle', entry: 'x', link: 5 })],
  ['resets the connection', (response) => void response.socket?.destroy()],
  ['never answers', () => undefined],
  ['answers a byte a while', (response) => void setInterval(() => response.write(' '), 40).unref()],
  ['leads elsewhere', (response) => void response.writeHead(302, { location: `${elsewhere.base}/Observation` }).end()],
  [
    'answers without end',
    (response) => {
      response.writeHead(200, { 'content-type': 'application/fhir+json' });
      const more = () => void (response.destroyed || response.write(PADDING, () => setImmediate(more)));
      more();
    },
  ],
  ['answers a huge body', (response) => sendJson(response, { ...observations, text: 'x'.repeat(9_000_000) })],
  [
    'answers compressed',
    (response) =>
      void response
        .writeHead(200, { 'content-type': 'application/fhir+json', 'content-encoding': 'gzip' })
        .end(gzipSync(JSON.stringify(observations))),
  ],
  [
    'answers in another charset',
    (response) =>
      void response
        .writeHead(200, { 'content-type': 'application/fhir+json; charset=utf-16' })
        .end(JSON.stringify(observations)),
  ],
  [
    'answers bytes that are no UTF-8',
    (response) =>
      void response
        .writeHead(200, { 'content-type': 'application/fhir+json' })
        .end(Buffer.from('7b2261223a22ff227d', 'hex')),
  ],
  [
    'nests too deep',
    (response) =>
      void response
        .writeHead(200, { 'content-type': 'application/fhir+json' })
        .end(`{"resourceType":"Bundle","entry":${'['.repeat(100)}${']'.repeat(100)}}`),
  ],
  ['leads elsewhere for good', (response) => void response.writeHead(308, { location: elsewhere.base }).end()],
];

describe.each(FAULTS)('when the server %s', (_, fault) => {
  beforeEach(() => {
    answer = fault;
  });

  test('then what was prefetched still counts, and what is missing is said', async () => {
    const started = performance.now();
    const { cards } = await service.call(withoutObservations());
    // The budget is 150 ms; the machine that tests may be busy.
    expect(performance.now() - started).toBeLessThan(2_000);
    expect(levelOf(cards)).toBe('emergency');
    expect(saidUnread(cards)).toEqual(['Observation']);
    expect(JSON.stringify(cards)).not.toContain(TOKEN);
    expect(elsewhere.asked).toEqual([]);
  });

  test('and nothing was prefetched then 412, without the token', async () => {
    const response = await service.post(SERVICE, request({}));
    expect(response.status).toBe(412);
    expect(await response.text()).not.toContain(TOKEN);
    expect(elsewhere.asked).toEqual([]);
  });
});

/** Observations in pages of one; `url` makes the address of the page after this one. */
const paged =
  (url: (base: string, page: number) => string): Answering =>
  (response, path, base) => {
    if (typeOf(path) !== 'Observation') return serving(full.prefetch)(response, path, base);
    const page = Number(/page=(\d+)/.exec(path)?.[1] ?? 0);
    const entry = observations.entry.slice(page, page + 1);
    const more = page + 1 < observations.entry.length || url === endless;
    sendJson(response, {
      resourceType: 'Bundle',
      type: 'searchset',
      entry,
      link: [
        { relation: 'self', url: `${base}/${path}` },
        ...(more ? [{ relation: 'next', url: url(base, page + 1) }] : []),
      ],
    });
  };

const endless = (base: string, page: number) => `${base}/Observation?page=${page}`;
const pulse = (at: number) => ({
  resource: {
    resourceType: 'Observation',
    id: `pulse-${at}`,
    status: 'final',
    code: { coding: [{ system: 'http://loinc.org', code: '8867-4' }] },
    subject: { reference: 'Patient/case-patient' },
    effectiveDateTime: `2026-11-25T09:0${at}:00Z`,
    valueQuantity: { value: 80, unit: '/min', system: 'http://unitsofmeasure.org', code: '/min' },
  },
});

describe('when a search has pages', () => {
  beforeEach(() => {
    observations.entry.push(...[1, 2, 3].map(pulse));
  });
  afterEach(() => {
    observations.entry.splice(-3);
  });

  test.each<[string, (base: string, page: number) => string]>([
    ['an absolute address', (base, page) => `${base}/Observation?page=${page}`],
    ['a relative address', (_, page) => `Observation?page=${page}`],
    ['a path', (_, page) => `/fhir/Observation?page=${page}`],
  ])('with %s then all of them are read, with the token', async (_, url) => {
    answer = paged(url);
    const { cards } = await service.call(withoutObservations());
    expect(saidUnread(cards)).toEqual([]);
    expect(fhir.asked).toHaveLength(observations.entry.length);
    expect(fhir.asked.every(({ authorization }) => authorization === `Bearer ${TOKEN}`)).toBe(true);
  });

  test.each<[string, (base: string, page: number) => string]>([
    ['on another origin', (_, page) => `${elsewhere.base}/Observation?page=${page}`],
    ['on another origin without a scheme', (_, page) => `${elsewhere.base.slice(5)}/Observation?page=${page}`],
    ['with a user before the host', (base) => base.replace('http://', 'http://user:word@')],
    ['that is no address', () => 'http://['],
    ['that is a file', () => 'file:///etc/passwd'],
    ['without end', endless],
  ])('%s then the first counts, the rest is said to be missing, and no token leaves', async (_, url) => {
    answer = paged(url);
    const { cards } = await service.call(withoutObservations());
    expect(levelOf(cards)).toBe('emergency');
    expect(saidUnread(cards)).toEqual(['Observation']);
    expect(elsewhere.asked).toEqual([]);
    expect(fhir.asked.length).toBeLessThanOrEqual(10);
  });
});
