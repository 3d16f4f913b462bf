/** An EHR that is known by JWT: its keys, its tokens, good ones and others. */
import { createPrivateKey, createSign, generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Issuer, issuerList } from '../../src/config/issuers.ts';
import type { Config } from '../../src/config.ts';

export const NOW = '2026-11-25T10:00:00Z';
export const SECONDS = Date.parse(NOW) / 1_000;
export const PUBLIC_BASE = 'https://cds.example/hooks';
export const ISS = 'https://ehr.example';

export type KeyPair = { kid: string; alg: string; publicKey: KeyObject; privateKey: KeyObject };

export const ecKeys = (kid: string, alg = 'ES384', namedCurve = 'P-384'): KeyPair => ({
  kid,
  alg,
  ...generateKeyPairSync('ec', { namedCurve }),
});

export const rsaKeys = (kid: string, modulusLength = 2048, alg = 'RS384'): KeyPair => ({
  kid,
  alg,
  ...generateKeyPairSync('rsa', { modulusLength }),
});

/** The key set that an EHR publishes. */
export const jwksOf = (...pairs: KeyPair[]) => ({
  keys: pairs.map(({ kid, alg, publicKey }) => ({ ...publicKey.export({ format: 'jwk' }), kid, alg, use: 'sig' })),
});

/** A key set in a file; its path. */
export function jwksFile(...pairs: KeyPair[]): string {
  const path = join(mkdtempSync(join(tmpdir(), 'jwks-')), 'jwks.json');
  writeFileSync(path, JSON.stringify(jwksOf(...pairs)));
  return path;
}

type Members = Record<string, unknown>;

export const base64url = (value: unknown): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

/** The claims of a good token for the endpoint at `path`; `undefined` leaves one out. */
export const claimsFor = (path: string, changes: Members = {}): Members => ({
  iss: ISS,
  aud: `${PUBLIC_BASE}${path}`,
  iat: SECONDS,
  exp: SECONDS + 300,
  jti: randomUUID(),
  ...changes,
});

/** A token; `header` and `claims` may say anything, the signature is true for them. */
export function tokenOf(pair: KeyPair, claims: Members, header: Members = {}): string {
  const head = { alg: pair.alg, typ: 'JWT', kid: pair.kid, ...header };
  const input = `${base64url(head)}.${base64url(claims)}`;
  return `${input}.${signatureOf(input, pair)}`;
}

function signatureOf(input: string, { alg, privateKey }: KeyPair): string {
  const hash = `sha${alg.slice(-3)}`;
  return alg.startsWith('ES')
    ? sign(hash, Buffer.from(input), { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url')
    : createSign(hash)
        .update(input)
        .sign(createPrivateKey(privateKey.export({ format: 'pem', type: 'pkcs8' })), 'base64url');
}

/** A configuration that knows the issuers of ISSUERS_FILE as given. */
export function trusting(...issuers: Partial<Record<keyof Issuer, unknown>>[]): Partial<Config> {
  return {
    clientTrust: 'jwt',
    publicBaseUrl: PUBLIC_BASE,
    issuers: issuerList.parse(issuers.map((issuer) => ({ issuer: ISS, ...issuer }))),
  };
}

export const bearer = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}` });
