/** Browser pages (bar I6; conformance COR): registered origins only, credentials never, preflight exact. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { bearer, claimsFor, ecKeys, jwksFile, PUBLIC_BASE, tokenOf, trusting } from '../harness/ehr.ts';
import { type Endpoint, endpointsOf } from '../harness/endpoints.ts';
import { topics } from '../harness/requests.ts';
import { type RunningService, startService } from '../harness/service.ts';

const ec = ecKeys('key-1');
const PAGE = 'https://app.ehr.example';
const OTHERS_PAGE = 'https://app.other.example';

let service: RunningService;
let endpoints: [Endpoint, Endpoint, Endpoint];
beforeAll(async () => {
  const keys = { jwksFile: jwksFile(ec) };
  service = await startService({
    topics,
    config: trusting(
      { ...keys, origins: [PAGE] },
      { ...keys, issuer: 'https://other.example', origins: [OTHERS_PAGE] },
    ),
  });
  endpoints = endpointsOf(service);
});
afterAll(() => service.close());

const STRANGE = [
  'null',
  'https://evil.example',
  `${PAGE}.evil.example`,
  `https://evil.example/${PAGE}`,
  PAGE.replace('https', 'http'),
  `${PAGE}:444`,
  PAGE.toUpperCase(),
  'https://ehr.example',
  'file://',
  '*',
];

const preflight = (path: string, origin: string) =>
  fetch(`${service.base}${path}`, {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization,content-type',
    },
  });

function expectNoCredentials({ headers }: Response): void {
  expect(headers.get('access-control-allow-credentials')).toBeNull();
  expect(headers.get('access-control-allow-origin')).not.toBe('*');
  expect(headers.get('vary')).toMatch(/origin/i);
}

describe.each([PAGE, OTHERS_PAGE])('when a page at the registered origin %s', (origin) => {
  test('asks before it calls then it may, with exactly what a call needs', async () => {
    for (const { path } of endpoints) {
      const response = await preflight(path, origin);
      expect(response.status).toBe(204);
      expect(response.headers.get('access-control-allow-origin')).toBe(origin);
      expect(response.headers.get('access-control-allow-methods')).toBe('GET, POST, OPTIONS');
      expect(response.headers.get('access-control-allow-headers')).toBe('authorization, content-type');
      expectNoCredentials(response);
    }
  });
});

test.each(STRANGE)('when a page at %s asks before it calls then it is refused', async (origin) => {
  for (const { path } of endpoints) {
    const response = await preflight(path, origin);
    expect(response.status).toBe(403);
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
    expectNoCredentials(response);
  }
});

const ask = ({ path, ask: send }: Endpoint, origin: string, changes = {}) =>
  send({ origin, ...bearer(tokenOf(ec, claimsFor(path, changes))) });

test('when a page of the issuer calls with its token then discovery, call and feedback answer it', async () => {
  for (const endpoint of endpoints) {
    const response = await ask(endpoint, PAGE);
    expect([401, 403]).not.toContain(response.status);
    expect(response.headers.get('access-control-allow-origin')).toBe(PAGE);
    expectNoCredentials(response);
  }
});

test.each(STRANGE)('when a page at %s calls with a good token then it is refused', async (origin) => {
  for (const endpoint of endpoints) expect((await ask(endpoint, origin)).status).toBe(403);
});

test('when a page of one issuer calls with a token of another then it is refused', async () => {
  for (const endpoint of endpoints) {
    expect((await ask(endpoint, OTHERS_PAGE)).status).toBe(401);
    expect((await ask(endpoint, OTHERS_PAGE, { iss: 'https://other.example' })).status).not.toBe(401);
  }
});

test('when the service is called from its own pages then it answers', async () => {
  const [discovery] = endpoints;
  expect((await ask(discovery, new URL(PUBLIC_BASE).origin)).status).toBe(200);
});

test('when a page is refused for its token then it may read why', async () => {
  const [discovery] = endpoints;
  const response = await discovery.ask({ origin: PAGE });
  expect(response.status).toBe(401);
  expect(response.headers.get('access-control-allow-origin')).toBe(PAGE);
});
