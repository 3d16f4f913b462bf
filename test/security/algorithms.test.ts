/** Algorithm confusion (bar J1, J2; conformance JWT-2, JWT-3, JWT-5, JWT-7), with real keys in the same run. */
import { createHmac, type KeyObject } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  base64url,
  bearer,
  claimsFor,
  ecKeys,
  jwksFile,
  type KeyPair,
  rsaKeys,
  tokenOf,
  trusting,
} from '../harness/ehr.ts';
import { type Endpoint, endpointsOf } from '../harness/endpoints.ts';
import { topics } from '../harness/requests.ts';
import { type RunningService, startService } from '../harness/service.ts';

const ec = ecKeys('ec');
const rsa = rsaKeys('rsa');
const stranger = ecKeys('ec');
const weak = rsaKeys('weak', 1024);
const other = ecKeys('p256', 'ES256', 'P-256');

let service: RunningService;
let endpoints: [Endpoint, Endpoint, Endpoint];
beforeAll(async () => {
  service = await startService({ topics, config: trusting({ jwksFile: jwksFile(ec, rsa, weak, other) }) });
  endpoints = endpointsOf(service);
});
afterAll(() => service.close());

/** How many of the tokens were let in, at each endpoint. */
async function accepted(tokenFor: (path: string) => string[]): Promise<string[]> {
  const found: string[] = [];
  for (const { path, ask } of endpoints) {
    for (const token of tokenFor(path)) {
      const { status } = await ask(bearer(token));
      if (status !== 401) found.push(`${status} ${path} ${token.slice(0, 60)}`);
    }
  }
  return found;
}

const unsigned = (path: string, header: Record<string, unknown>): string =>
  `${base64url({ typ: 'JWT', kid: 'ec', ...header })}.${base64url(claimsFor(path))}`;

describe('when a token is unsigned', () => {
  const names = ['none', 'None', 'NONE', 'nOnE', 'none ', ' none', 'none\0', '', 'null', 'HS256', 'ES384', 'RS384'];

  test('then it is refused, however the algorithm is written and whatever stands for the signature', async () => {
    const signatures = ['', '.', '.AA', `.${base64url('none')}`, `.${'A'.repeat(128)}`];
    const tokens = (path: string) =>
      [...names, null, undefined, 0, [], ['none']].flatMap((alg) =>
        signatures.map((end) => unsigned(path, { alg }) + end),
      );
    expect(tokens('').length * 3).toBeGreaterThan(200);
    expect(await accepted(tokens)).toEqual([]);
  });
});

describe('when a token is signed with the public key as a shared secret', () => {
  const secretsOf = (key: KeyObject): Buffer[] => {
    const pem = key.export({ format: 'pem', type: 'spki' }).toString();
    const jwk = key.export({ format: 'jwk' });
    return [
      Buffer.from(pem),
      Buffer.from(pem.trim()),
      Buffer.from(pem.replace(/-----[^-]+-----|\n/g, '')),
      key.export({ format: 'der', type: 'spki' }),
      Buffer.from(JSON.stringify(jwk)),
      Buffer.from(JSON.stringify({ ...jwk, kid: 'ec', alg: 'ES384', use: 'sig' })),
      Buffer.from(String(jwk.x ?? jwk.n), 'base64url'),
      Buffer.alloc(0),
    ];
  };

  test('then it is refused', async () => {
    const tokens = (path: string) =>
      [ec, rsa].flatMap(({ publicKey, kid }) =>
        ['256', '384', '512'].flatMap((bits) =>
          secretsOf(publicKey).map((secret) => {
            const input = `${base64url({ alg: `HS${bits}`, typ: 'JWT', kid })}.${base64url(claimsFor(path))}`;
            return `${input}.${createHmac(`sha${bits}`, secret).update(input).digest('base64url')}`;
          }),
        ),
      );
    expect(tokens('').length * 3).toBeGreaterThan(60);
    expect(await accepted(tokens)).toEqual([]);
  });
});

test('when a token is signed otherwise than it says, by a stranger, or with a key too small, then it is refused', async () => {
  const swapped = (pair: KeyPair, header: Record<string, unknown>) => (path: string) =>
    tokenOf(pair, claimsFor(path), header);
  const makers = [
    swapped(stranger, {}),
    swapped(weak, {}),
    swapped(other, {}),
    swapped(ec, { alg: 'RS384', kid: 'rsa' }),
    swapped(ec, { kid: 'rsa' }),
    swapped(rsa, { kid: 'ec' }),
    swapped(rsa, { alg: 'ES384', kid: 'ec' }),
    swapped(rsa, { alg: 'RS256' }),
    swapped(rsa, { alg: 'PS384' }),
    swapped(ec, { alg: 'ES256' }),
    swapped(ec, { alg: 'dir' }),
    swapped(ec, { alg: 'A256GCMKW' }),
    swapped(ec, { b64: false, crit: ['b64'] }),
    swapped(ec, { crit: ['exp'] }),
  ];
  expect(await accepted((path) => makers.map((make) => make(path)))).toEqual([]);
});

test('when a good token was changed in any part then it is refused', async () => {
  const tokens = (path: string) => {
    const [head = '', body = '', signature = ''] = tokenOf(ec, claimsFor(path)).split('.');
    const flipped = (text: string, at: number) =>
      text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1);
    return [
      `${head}.${base64url({ ...claimsFor(path), sub: 'x' })}.${signature}`,
      `${head}.${flipped(body, 20)}.${signature}`,
      `${flipped(head, 12)}.${body}.${signature}`,
      `${head}.${body}.${flipped(signature, 5)}`,
      `${head}.${body}.${signature.slice(0, -4)}`,
      `${head}.${body}.${signature}AAAA`,
      `${head}.${body}.${'A'.repeat(128)}`,
      `${head}.${body}.${signature}.${signature}`,
      `${head}..${signature}`,
      `.${body}.${signature}`,
      `${head}.${body}`,
      head,
      `${head}.${body}.${signature}x`.repeat(3),
      'A'.repeat(10_000),
      `${base64url('['.repeat(3_000))}.${base64url('{"a":'.repeat(1_000))}.AA`,
    ];
  };
  expect(await accepted(tokens)).toEqual([]);
});

test.each([ec, rsa])(
  'when a token is signed with the registered key $kid then it is let in, each time',
  async (pair) => {
    const [discovery, call, feedback] = endpoints;
    for (let round = 0; round < 50; round += 1) {
      expect((await discovery.ask(bearer(tokenOf(pair, claimsFor(discovery.path))))).status).toBe(200);
    }
    expect((await call.ask(bearer(tokenOf(pair, claimsFor(call.path))))).status).toBe(200);
    expect((await feedback.ask(bearer(tokenOf(pair, claimsFor(feedback.path))))).status).not.toBe(401);
  },
);
