/** Browser clients and client authentication (COR, JWT); the full matrices are in test/security. */
import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { base64url, bearer, claimsFor, ecKeys, jwksFile, rsaKeys, tokenOf, trusting } from '../harness/ehr.ts';
import { type Endpoint, endpointsOf } from '../harness/endpoints.ts';
import { SERVICE, topics } from '../harness/requests.ts';
import { type RunningService, startService } from '../harness/service.ts';
import { proves } from './requirements.ts';

const ec = ecKeys('ec');
const rsa = rsaKeys('rsa');
const ORIGIN = 'https://app.ehr.example';

let open: RunningService;
let known: RunningService;
let endpoints: [Endpoint, Endpoint, Endpoint];
beforeAll(async () => {
  open = await startService({ topics });
  known = await startService({ topics, config: trusting({ jwksFile: jwksFile(ec, rsa), origins: [ORIGIN] }) });
  endpoints = endpointsOf(known);
});
afterAll(async () => {
  for (const service of [open, known]) await service.close();
});

const preflight = (service: RunningService, origin: string) =>
  fetch(`${service.base}${SERVICE}`, {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization,content-type',
    },
  });

test(proves('COR-1'), async () => {
  for (const service of [open, known]) expect((await preflight(service, ORIGIN)).status).toBe(204);
});
test(proves('COR-2'), async () => {
  for (const service of [open, known]) {
    expect((await preflight(service, ORIGIN)).headers.get('access-control-allow-headers')).toMatch(/authorization/);
  }
});
test(proves('COR-3'), async () => {
  for (const service of [open, known]) {
    const { headers } = await preflight(service, 'https://evil.example');
    expect(headers.get('access-control-allow-origin')).not.toBe('https://evil.example');
    expect(headers.get('access-control-allow-credentials')).toBeNull();
  }
});
test(proves('COR-4'), async () => {
  const [{ path, ask }] = endpoints;
  const answer = await ask({ origin: ORIGIN, ...bearer(tokenOf(ec, claimsFor(path))) });
  expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([200, ORIGIN]);
  expect((await fetch(`${open.base}/cds-services`)).headers.get('access-control-allow-origin')).toBe('*');
});
test(proves('COR-5'), async () => {
  for (const service of [open, known]) {
    expect((await preflight(service, ORIGIN)).headers.get('access-control-allow-credentials')).toBeNull();
  }
});

const statuses = async (tokenFor: (path: string) => string | undefined): Promise<number[]> => {
  const found: number[] = [];
  for (const { path, ask } of endpoints) {
    const token = tokenFor(path);
    found.push((await ask(token === undefined ? {} : bearer(token))).status);
  }
  return found;
};
const REFUSED = [401, 401, 401];

test(proves('JWT-1'), async () => expect(await statuses(() => undefined)).toEqual(REFUSED));
test(proves('JWT-2'), async () => {
  expect(await statuses(() => 'garbage')).toEqual(REFUSED);
  expect(await statuses((path) => `${tokenOf(ec, claimsFor(path)).slice(0, -8)}AAAAAAAA`)).toEqual(REFUSED);
});
test(proves('JWT-3'), async () => {
  const head = base64url({ alg: 'none', typ: 'JWT', kid: 'ec' });
  expect(await statuses((path) => `${head}.${base64url(claimsFor(path))}.`)).toEqual(REFUSED);
});
test(proves('JWT-5'), async () => {
  const secret = ec.publicKey.export({ format: 'pem', type: 'spki' });
  const tokenFor = (path: string) => {
    const input = `${base64url({ alg: 'HS256', typ: 'JWT', kid: 'ec' })}.${base64url(claimsFor(path))}`;
    return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
  };
  expect(await statuses(tokenFor)).toEqual(REFUSED);
});
test(proves('JWT-6'), async () => {
  expect(await statuses((path) => tokenOf(ec, claimsFor(`${path}/`)))).toEqual(REFUSED);
});
test(proves('JWT-7'), async () => {
  for (const pair of [ec, rsa]) expect(await statuses((path) => tokenOf(pair, claimsFor(path)))).not.toContain(401);
});
test(proves('JWT-8'), async () => {
  const tokens = new Map(endpoints.map(({ path }) => [path, tokenOf(ec, claimsFor(path))]));
  expect(await statuses((path) => tokens.get(path))).not.toContain(401);
  expect(await statuses((path) => tokens.get(path))).toEqual(REFUSED);
});
