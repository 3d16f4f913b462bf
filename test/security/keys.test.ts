/** Keys of an issuer that are fetched (bar J6-J9): rotation without restart, a bad key server, nothing else ever fetched. */
import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { bearer, claimsFor, ecKeys, jwksOf, type KeyPair, rsaKeys, tokenOf, trusting } from '../harness/ehr.ts';
import { type Endpoint, endpointsOf } from '../harness/endpoints.ts';
import { topics } from '../harness/requests.ts';
import { type RunningService, startService } from '../harness/service.ts';
import { type Answering, type StubFhir, sendJson, startStub } from '../harness/stub-fhir.ts';

const first = ecKeys('first');
const second = ecKeys('second');

let publish: Answering;
let server: StubFhir;
let service: RunningService;
let discovery: Endpoint;
beforeEach(async () => {
  publish = (response) => sendJson(response, jwksOf(first));
  server = await startStub((...asked) => publish(...asked));
  const jwksUrl = `${server.base}/jwks.json`;
  service = await startService({ topics, config: trusting({ jwksUrl, privateNetwork: true }) });
  [discovery] = endpointsOf(service);
});
afterEach(async () => {
  for (const running of [service, server]) await running.close();
});

const statusOf = async (pair: KeyPair, header: Record<string, unknown> = {}): Promise<number> => {
  const response = await discovery.ask(bearer(tokenOf(pair, claimsFor(discovery.path), header)));
  await response.text();
  return response.status;
};

test('when many tokens come then the keys are fetched once', async () => {
  const statuses = await Promise.all(Array.from({ length: 20 }, () => statusOf(first)));
  expect(new Set(statuses)).toEqual(new Set([200]));
  expect(server.asked).toHaveLength(1);
});

test('when a thousand unknown keys are named then the keys are fetched twice at most, and good tokens still pass', async () => {
  expect(await statusOf(first)).toBe(200);
  for (let batch = 0; batch < 20; batch += 1) {
    const statuses = await Promise.all(Array.from({ length: 50 }, () => statusOf(first, { kid: randomUUID() })));
    expect(new Set(statuses)).toEqual(new Set([401]));
  }
  expect(await statusOf(first)).toBe(200);
  expect(server.asked.length).toBeLessThanOrEqual(2);
});

describe('rotation', () => {
  const realNow = Date.now;
  afterEach(() => {
    Date.now = realNow;
  });
  /** The library's own clock, not that of the service. */
  const later = (seconds: number): void => {
    const at = realNow() + seconds * 1_000;
    Date.now = () => at;
  };

  test('when a key is published then tokens signed with it pass without a restart', async () => {
    expect(await statusOf(first)).toBe(200);
    publish = (response) => sendJson(response, jwksOf(first, second));
    later(61);
    expect(await statusOf(second)).toBe(200);
    expect(await statusOf(first)).toBe(200);
  });

  test('when a key is taken back then tokens signed with it are refused after ten minutes at the latest', async () => {
    expect(await statusOf(first)).toBe(200);
    publish = (response) => sendJson(response, jwksOf(second));
    later(601);
    expect(await statusOf(first)).toBe(401);
    expect(await statusOf(second)).toBe(200);
  });

  test('when the key server is down then known keys still count for ten minutes', async () => {
    expect(await statusOf(first)).toBe(200);
    publish = (response) => void response.writeHead(500).end();
    later(599);
    expect(await statusOf(first)).toBe(200);
    expect(await statusOf(second)).toBe(401);
    later(601);
    expect(await statusOf(first)).toBe(401);
  });
});

const padding = 'x'.repeat(300_000);
const secret = (pair: KeyPair) => ({ ...pair.privateKey.export({ format: 'jwk' }), kid: pair.kid, alg: pair.alg });

describe('when the key server', () => {
  test.each<[string, Answering]>([
    ['answers 500', (response) => sendJson(response, jwksOf(first), 500)],
    ['answers HTML', (response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<html>')],
    ['answers a list', (response) => sendJson(response, jwksOf(first).keys)],
    ['has no keys', (response) => sendJson(response, { keys: [] })],
    ['has the key twice', (response) => sendJson(response, jwksOf(first, first))],
    ['has 101 keys', (response) => sendJson(response, { keys: Array(101).fill(jwksOf(first).keys[0]) })],
    ['has the private key', (response) => sendJson(response, { keys: [secret(first)] })],
    [
      'has a shared secret beside',
      (response) => sendJson(response, { keys: [...jwksOf(first).keys, { kty: 'oct', kid: 'o', k: 'AA' }] }),
    ],
    ['is too talkative', (response) => sendJson(response, { ...jwksOf(first), padding })],
    [
      'compresses',
      (response) =>
        void response
          .writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' })
          .end(gzipSync(JSON.stringify(jwksOf(first)))),
    ],
    ['leads elsewhere', (response) => void response.writeHead(302, { location: '/fhir/other.json' }).end()],
    ['hangs up', (response) => void response.socket?.destroy()],
  ])('%s then the token is refused', async (_, answer) => {
    publish = answer;
    expect(await statusOf(first)).toBe(401);
    expect(server.asked.length).toBe(1);
    // It rests after a failure: the next token does not make it work again.
    expect(await statusOf(first)).toBe(401);
    expect(server.asked.length).toBe(1);
  });

  test('sends a byte a while then the token is refused in time', async () => {
    publish = (response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      setInterval(() => response.write(' '), 100).unref();
    };
    const started = performance.now();
    expect(await statusOf(first)).toBe(401);
    expect(performance.now() - started).toBeLessThan(6_000);
  });
});

test('when a registered key is RSA with fewer than 2048 bits then it identifies nobody', async () => {
  const weak = rsaKeys('weak', 1024);
  publish = (response) => sendJson(response, jwksOf(weak));
  expect(await statusOf(weak)).toBe(401);
});

test('when the address of the keys is on a private network that is not registered as such then nothing is fetched', async () => {
  const shut = await startService({ topics, config: trusting({ jwksUrl: `${server.base}/jwks.json` }) });
  const [ask] = endpointsOf(shut);
  expect((await ask.ask(bearer(tokenOf(first, claimsFor(ask.path))))).status).toBe(401);
  expect(server.asked).toEqual([]);
  await shut.close();
});
