/** One listener that a hostile client, EHR or key set points at in every way (bar J6, S1, S2): nobody ever comes. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { CdsResponse } from '../../src/cds-hooks/card.ts';
import { type Canary, startCanary } from '../harness/canary.ts';
import { bearer, claimsFor, ecKeys, jwksOf, tokenOf, trusting } from '../harness/ehr.ts';
import { type Endpoint, endpointsOf } from '../harness/endpoints.ts';
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
const ec = ecKeys('key-1');
const full = requestOf(EMERGENCY);

let canary: Canary;
let ehr: StubFhir;
let answer: Answering;
let service: RunningService;
let endpoints: [Endpoint, Endpoint, Endpoint];
beforeAll(async () => {
  canary = await startCanary();
  ehr = await startStub((...asked) => answer(...asked));
  const config = trusting({
    jwksUrl: `${ehr.base}/jwks.json`,
    privateNetwork: true,
    fhirServers: [registered(ehr.base)],
  });
  service = await startService({ topics, config: { ...config, fhirBudgetMs: 1_000 } });
  endpoints = endpointsOf(service);
});
afterEach(() => expect(canary.connections).toEqual([]));
afterAll(async () => {
  for (const running of [service, ehr, canary]) await running.close();
});

const keysOr =
  (then: Answering): Answering =>
  (response, path, base) =>
    path === 'jwks.json' ? sendJson(response, jwksOf(ec)) : then(response, path, base);

const call = (request: Record<string, unknown>): Promise<Response> =>
  fetch(`${service.base}${SERVICE}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...bearer(tokenOf(ec, claimsFor(SERVICE))) },
    body: JSON.stringify(request),
  });

const authorized = { access_token: TOKEN, token_type: 'Bearer', expires_in: 300, scope: 's', subject: 's' };
const reading = (fhirServer: unknown, prefetch: Record<string, unknown> = {}) => ({
  ...full,
  fhirServer,
  fhirAuthorization: authorized,
  prefetch,
});

/** The canary's host in the ways that parsers disagree about. */
const hosts = (): string[] => {
  const { port } = canary;
  const names = ['127.0.0.1', 'localhost', '127.1', '0x7f.1', '0x7f000001', '2130706433', '017700000001', '0'];
  const more = ['[::1]', '[::ffff:127.0.0.1]', '[0:0:0:0:0:ffff:7f00:1]', 'LOCALHOST', 'localhost.', '127.0.0.1.'];
  return [...names, ...more, '①②⑦.⓪.⓪.①', '127。0。0。1'].map((name) => `${name}:${port}`);
};

/** Addresses of the canary, in the ways that look like the EHR's own. */
const lookAlikes = (): string[] => {
  const home = new URL(ehr.base);
  return hosts().flatMap((host) => [
    `http://${host}`,
    `http://${host}/fhir`,
    `https://${host}/fhir`,
    `http://${home.host}@${host}/fhir`,
    `http://${host}/fhir?x=${ehr.base}`,
    `http://${host}/fhir#${ehr.base}`,
    `${ehr.base}@${host}`,
    `http://${home.host}\\@${host}/fhir`,
    `http:\\\\${host}\\fhir`,
    `//${host}/fhir`,
    `http:${host}/fhir`,
    `http://${host}\t/fhir`,
  ]);
};

test('when tokens name keys on the canary then it hears nothing', async () => {
  answer = keysOr(serving(full.prefetch));
  const addresses = [...lookAlikes(), 'file:///etc/passwd', 'gopher://localhost', 'data:application/json,{"keys":[]}'];
  expect(addresses.length).toBeGreaterThan(190);
  for (const address of addresses) {
    for (const header of [{ jku: address }, { x5u: address }, { jku: `${ehr.base}/jwks.json`, x5u: address }]) {
      const [{ path, ask }] = endpoints;
      const response = await ask(bearer(tokenOf(ec, claimsFor(path), header)));
      expect(response.status).toBe(401);
      await response.text();
    }
  }
});

test('when requests name a FHIR server on the canary then it hears nothing, and no file is read', async () => {
  answer = keysOr(serving(full.prefetch));
  const others = [
    'file:///etc/passwd',
    'gopher://127.0.0.1',
    'ftp://127.0.0.1',
    'http://169.254.169.254/latest/meta-data',
  ];
  for (const address of [...lookAlikes(), ...others, `${ehr.base}/../x`, `${ehr.base}/%2e%2e/x`]) {
    const response = await call(reading(address));
    expect([400, 412]).toContain(response.status);
    expect(await response.text()).not.toContain(TOKEN);
  }
});

test('when the FHIR server of another issuer is named then it hears nothing', async () => {
  answer = keysOr(serving(full.prefetch));
  const other = await startStub(serving(full.prefetch));
  expect((await call(reading(other.base))).status).toBe(412);
  expect(other.asked).toEqual([]);
  await other.close();
  expect((await call(reading(ehr.base))).status).toBe(200);
});

describe('when the EHR leads to the canary', () => {
  test.each([301, 302, 303, 307, 308])('by a redirect %i then nobody follows', async (status) => {
    for (const address of lookAlikes().slice(0, 24)) {
      answer = keysOr((response) => void response.writeHead(status, { location: encodeURI(address) }).end());
      const response = await call(reading(ehr.base, withPrefetch(full, { observations: undefined }).prefetch));
      const { cards } = (await response.json()) as CdsResponse;
      expect(levelOf(cards)).toBe('emergency');
      expect(saidUnread(cards)).toEqual(['Observation']);
    }
  });

  test('by links to next pages then the token stays at home, and the rest is said to be missing', async () => {
    const links = [
      ...lookAlikes(),
      'file:///etc/passwd',
      'javascript:alert(1)',
      '//localhost',
      `${new URL(ehr.base).origin}/other-tenant/Observation`,
    ];
    for (const next of links.filter((_, at) => at % 3 === 0 || at > 180)) {
      const asked: string[] = [];
      answer = keysOr((response, path, base) => {
        asked.push(path);
        if (typeOf(path) !== 'Observation' || /^\//.test(path)) return serving(full.prefetch)(response, path, base);
        const link = [{ relation: 'next', url: next }];
        return sendJson(response, { ...(full.prefetch.observations as object), link });
      });
      const response = await call(reading(ehr.base, withPrefetch(full, { observations: undefined }).prefetch));
      const { cards } = (await response.json()) as CdsResponse;
      expect(levelOf(cards)).toBe('emergency');
      expect(saidUnread(cards)).toEqual(['Observation']);
      expect(asked.filter((path) => path.startsWith('/other'))).toEqual([]);
    }
  });

  test('by references and absolute addresses in its resources then nobody follows', async () => {
    const text = JSON.stringify(full.prefetch).replaceAll(
      '"Patient/case-patient"',
      `"http://localhost:${canary.port}/Patient/case-patient"`,
    );
    answer = keysOr(serving(JSON.parse(text)));
    const response = await call(reading(ehr.base));
    expect(response.status).toBe(200);
  });
});

test('when the canary is looked for then it can be found: it does listen', async () => {
  await fetch(`http://127.0.0.1:${canary.port}`).catch(() => undefined);
  expect(canary.connections.splice(0)).toHaveLength(1);
});
