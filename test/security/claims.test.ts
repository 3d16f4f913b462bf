/** What a token says (bar J3, J4, J6, J11; conformance JWT-1, JWT-6): each fault alone is a 401, and all 401 are one. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pino from 'pino';
import {
  bearer,
  claimsFor,
  ecKeys,
  ISS,
  jwksFile,
  jwksOf,
  PUBLIC_BASE,
  SECONDS,
  tokenOf,
  trusting,
} from '../harness/ehr.ts';
import { type Endpoint, endpointsOf } from '../harness/endpoints.ts';
import { SERVICE, topics } from '../harness/requests.ts';
import { type RunningService, startService } from '../harness/service.ts';

const ec = ecKeys('key-1');
const JWKS_URL = 'https://ehr.example/.well-known/jwks.json';
const lines: string[] = [];

let service: RunningService;
let endpoints: [Endpoint, Endpoint, Endpoint];
beforeAll(async () => {
  const keys = { jwksFile: jwksFile(ec), jwksUrl: JWKS_URL };
  service = await startService({
    topics,
    config: trusting(keys, { ...keys, tenant: 'north' }),
    log: pino({ level: 'trace' }, { write: (line) => void lines.push(line) }),
  });
  endpoints = endpointsOf(service);
});
afterAll(() => service.close());

const answers = new Set<string>();

async function statusesOf(tokenFor: (path: string) => string): Promise<number[]> {
  const statuses: number[] = [];
  for (const { path, ask } of endpoints) {
    const response = await ask(bearer(tokenFor(path)));
    const { date: _date, ...headers } = Object.fromEntries(response.headers);
    if (response.status === 401) answers.add(JSON.stringify([headers, await response.text()]));
    statuses.push(response.status);
  }
  return statuses;
}

const REFUSED = [401, 401, 401];
const refused = async (changes: (path: string) => Record<string, unknown>, header = {}) =>
  expect(await statusesOf((path) => tokenOf(ec, claimsFor(path, changes(path)), header))).toEqual(REFUSED);
const admitted = async (changes: (path: string) => Record<string, unknown>, header = {}) =>
  expect(await statusesOf((path) => tokenOf(ec, claimsFor(path, changes(path)), header))).not.toContain(401);

describe('aud', () => {
  const good = (path: string) => `${PUBLIC_BASE}${path}`;
  test.each<[string, (path: string) => unknown]>([
    ['the base', () => PUBLIC_BASE],
    ['the origin', () => new URL(PUBLIC_BASE).origin],
    ['nothing', () => ''],
    ['missing', () => undefined],
    ['null', () => null],
    ['a number', () => 5],
    ['an object', (path) => ({ 0: good(path), includes: true })],
    ['an empty list', () => []],
    ['a list of a list', (path) => [[good(path)]]],
    ['another service', () => `${PUBLIC_BASE}/cds-services/another`],
    ['a slash more', (path) => `${good(path)}/`],
    ['a character less', (path) => good(path).slice(0, -1)],
    ['something behind', (path) => `${good(path)}x`],
    ['something before', (path) => `x${good(path)}`],
    ['a query', (path) => `${good(path)}?x=1`],
    ['a fragment', (path) => `${good(path)}#x`],
    ['capitals', (path) => good(path).toUpperCase()],
    ['a capital host', (path) => good(path).replace('cds.example', 'CDS.example')],
    ['a port', (path) => good(path).replace('cds.example', 'cds.example:443')],
    ['a user', (path) => good(path).replace('cds.example', 'u@cds.example')],
    ['http', (path) => good(path).replace('https:', 'http:')],
    ['an escape', (path) => good(path).replace('cds-services', 'cds%2dservices')],
    ['dots', (path) => good(path).replace('/cds-services', '/x/../cds-services')],
    ['a space', (path) => `${good(path)} `],
    ['wrong ones', (path) => [PUBLIC_BASE, `${good(path)}/`, 'https://other.example']],
  ])('when it is %s then the token is refused', (_, aud) => refused((path) => ({ aud: aud(path) })));

  test('when it is one of several then the token is let in', () =>
    admitted((path) => ({ aud: ['https://other.example', good(path)] })));

  test('when it is of another endpoint then the token is refused there', async () => {
    for (const mine of endpoints) {
      for (const { path, ask } of endpoints.filter(({ path: other }) => other !== mine.path)) {
        expect((await ask(bearer(tokenOf(ec, claimsFor(mine.path))))).status).toBe(401);
        expect(path).not.toBe(mine.path);
      }
    }
  });
});

describe('time', () => {
  test.each<[string, Record<string, unknown>]>([
    ['expired two minutes ago', { iat: SECONDS - 420, exp: SECONDS - 120 }],
    ['expired 61 seconds ago', { iat: SECONDS - 300, exp: SECONDS - 61 }],
    ['issued in two minutes', { iat: SECONDS + 120, exp: SECONDS + 200 }],
    ['valid in two minutes', { nbf: SECONDS + 120 }],
    ['living 301 seconds', { exp: SECONDS + 301 }],
    ['living a year', { exp: SECONDS + 31_536_000 }],
    ['living for ever', { exp: 1e308 }],
    ['expiring before it is issued', { iat: SECONDS + 30, exp: SECONDS + 20 }],
    ['expiring when it is issued', { iat: SECONDS, exp: SECONDS }],
    ['issued an hour ago', { iat: SECONDS - 3_600, exp: SECONDS + 100 }],
    ['of milliseconds', { iat: SECONDS * 1_000, exp: SECONDS * 1_000 + 300_000 }],
  ])('when a token is %s then it is refused', (_, changes) => refused(() => changes));

  test.each<[string, Record<string, unknown>]>([
    ['expired 30 seconds ago', { iat: SECONDS - 300, exp: SECONDS - 30 }],
    ['issued in 30 seconds', { iat: SECONDS + 30, exp: SECONDS + 300 }],
    ['valid in 30 seconds', { nbf: SECONDS + 30 }],
    ['living 300 seconds', { exp: SECONDS + 300 }],
    ['valid since an hour', { nbf: SECONDS - 3_600 }],
    ['of broken seconds', { iat: SECONDS + 0.5, exp: SECONDS + 100.25 }],
  ])('when a token is %s then it is let in', (_, changes) => admitted(() => changes));

  const odd = [undefined, null, '', `${SECONDS + 100}`, true, [SECONDS], {}, Number.NaN];
  test.each(['exp', 'iat'])('when %s is missing or no number then the token is refused', async (name) => {
    for (const value of odd) await refused(() => ({ [name]: value }));
  });
  test('when nbf is there and no number then the token is refused', async () => {
    for (const value of odd.slice(2, 7)) await refused(() => ({ nbf: value }));
  });
});

describe('names', () => {
  test.each<[string, Record<string, unknown>]>([
    ['iss missing', { iss: undefined }],
    ['iss empty', { iss: '' }],
    ['iss a list', { iss: [ISS] }],
    ['another iss', { iss: 'https://other.example' }],
    ['iss with a slash', { iss: `${ISS}/` }],
    ['iss a member of every object', { iss: 'constructor' }],
    ['jti missing', { jti: undefined }],
    ['jti empty', { jti: '' }],
    ['jti a number', { jti: 5 }],
    ['jti null', { jti: null }],
    ['jti a list', { jti: ['x'] }],
    ['jti 257 characters', { jti: 'x'.repeat(257) }],
    ['a tenant that is not registered', { tenant: 'south' }],
    ['a tenant a list', { tenant: ['north'] }],
    ['a tenant empty', { tenant: '' }],
  ])('when a token has %s then it is refused', (_, changes) => refused(() => changes));

  test('when the tenant is registered then the token is let in', () => admitted(() => ({ tenant: 'north' })));
});

describe('header', () => {
  test.each<[string, Record<string, unknown>]>([
    ['typ missing', { typ: undefined }],
    ['typ at+jwt', { typ: 'at+jwt' }],
    ['typ a number', { typ: 1 }],
    ['kid missing', { kid: undefined }],
    ['kid unknown', { kid: 'key-2' }],
    ['kid empty', { kid: '' }],
    ['kid a list', { kid: ['key-1'] }],
    ['kid a path', { kid: '../../etc/passwd' }],
    ['kid SQL', { kid: "' OR 1=1 --" }],
    ['kid long', { kid: 'k'.repeat(3_000) }],
    ['a key of its own', { jwk: jwksOf(ec).keys[0] }],
    ['a certificate address', { x5u: JWKS_URL }],
    ['a certificate', { x5c: ['MII'] }],
    ['jku of a stranger', { jku: 'https://evil.example/jwks.json' }],
    ['jku of the same host', { jku: 'https://ehr.example/other.json' }],
    ['jku with a user', { jku: 'https://ehr.example@evil.example/.well-known/jwks.json' }],
    ['jku of http', { jku: JWKS_URL.replace('https', 'http') }],
    ['jku a list', { jku: [JWKS_URL] }],
  ])('when it has %s then the token is refused', (_, header) => refused(() => ({}), header));

  test('when jku is the registered address then the token is let in', () => admitted(() => ({}), { jku: JWKS_URL }));
});

test.each<[string, Record<string, string>]>([
  ['no header', {}],
  ['an empty header', { authorization: '' }],
  ['a word', { authorization: 'Bearer' }],
  ['basic', { authorization: 'Basic dXNlcjp3b3Jk' }],
  ['two tokens', { authorization: 'Bearer a.b.c, Bearer d.e.f' }],
  ['a cookie', { cookie: 'authorization=Bearer' }],
])('when a client sends %s then it is refused at every endpoint', async (_, headers) => {
  for (const { ask } of endpoints) {
    const response = await ask(headers);
    expect(response.status).toBe(401);
    const { date: _date, ...rest } = Object.fromEntries(response.headers);
    answers.add(JSON.stringify([rest, await response.text()]));
  }
});

test('when clients are refused then all get the same headers and body, and the log has the reason but no token', () => {
  expect(answers.size).toBe(1);
  expect([...answers][0]).toContain('"www-authenticate":"Bearer"');
  const reasons = new Set(lines.map((line) => JSON.parse(line).reason).filter(Boolean));
  expect(reasons).toContain('unknown issuer or tenant');
  expect(reasons).toContain('foreign key address');
  expect(lines.join('')).not.toMatch(/eyJ|evil\.example|passwd|OR 1=1|south/);
});

test('when a service is not known then a client that is not known does not learn it', async () => {
  const ask = (path: string, headers: Record<string, string>) =>
    fetch(`${service.base}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: '{}',
    });
  const path = '/cds-services/nobody';
  expect((await ask(path, {})).status).toBe(401);
  expect((await ask(path, bearer(tokenOf(ec, claimsFor(path))))).status).toBe(404);
  expect((await ask(SERVICE, bearer(tokenOf(ec, claimsFor(SERVICE))))).status).toBe(400);
});
