/** What the environment may say, and what production demands before it starts (architecture section 6). */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readConfig } from '../../src/config.ts';
import { ServiceError } from '../../src/errors.ts';

const folder = mkdtempSync(join(tmpdir(), 'config-'));

function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(content));
  return path;
}

const issuer = { issuer: 'https://ehr.example', jwksUrl: 'https://ehr.example/jwks.json' };
const PRODUCTION: Record<string, string> = {
  NODE_ENV: 'production',
  PUBLIC_BASE_URL: 'https://cds.example',
  SITE_CONFIG_FILE: file('site.json', {}),
  ISSUERS_FILE: file('issuers.json', [issuer]),
  DATABASE_URL: 'postgres://localhost/cds',
  FINGERPRINT_KEY: 'a-key-of-this-site-that-is-long-enough',
};

/** The refusals of an environment; none when it is accepted. */
function refusals(env: Record<string, string | undefined>): string[] {
  try {
    readConfig(env, '.');
    return [];
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    return [error.message, ...error.details];
  }
}

describe('in production', () => {
  test('when everything is there then it starts, with clients known by JWT and without a demonstration', () => {
    const { clientTrust, demonstration, issuers } = readConfig(PRODUCTION, '.');
    expect([clientTrust, demonstration]).toEqual(['jwt', false]);
    expect(issuers[0]).toMatchObject({ ...issuer, algorithms: ['ES384', 'RS384'], fhirServers: [], origins: [] });
  });

  test.each(['PUBLIC_BASE_URL', 'SITE_CONFIG_FILE', 'ISSUERS_FILE', 'DATABASE_URL', 'FINGERPRINT_KEY'])(
    'when %s is missing then it is named',
    (name) => {
      expect(refusals({ ...PRODUCTION, [name]: undefined }).join()).toContain(`${name} is missing`);
    },
  );

  test('when several are missing then all are named at once', () => {
    expect(refusals({ NODE_ENV: 'production' }).filter((text) => text.includes('is missing'))).toHaveLength(5);
  });

  test.each<[Record<string, string>, RegExp]>([
    [{ CLIENT_TRUST: 'open' }, /CLIENT_TRUST=open is not allowed/],
    [{ DEMONSTRATION: 'true' }, /DEMONSTRATION=true is not allowed/],
    [{ PUBLIC_BASE_URL: 'http://cds.example' }, /PUBLIC_BASE_URL must be https/],
    [{ FHIR_SERVERS_FILE: file('servers.json', []) }, /FHIR_SERVERS_FILE is for CLIENT_TRUST=open/],
    [{ ISSUERS_FILE: file('http-keys.json', [{ ...issuer, jwksUrl: 'http://ehr.example/jwks' }]) }, /needs https/],
    [
      { ISSUERS_FILE: file('http-fhir.json', [{ ...issuer, fhirServers: [{ base: 'http://ehr.example' }] }]) },
      /needs https/,
    ],
    [{ CLIENT_TRUST: 'Open' }, /CLIENT_TRUST/],
    [{ NODE_ENV: 'prod' }, /NODE_ENV/],
  ])('when the environment has %j then it is refused', (changes, reason) => {
    expect(refusals({ ...PRODUCTION, ...changes }).join('\n')).toMatch(reason);
  });
});

describe('outside production', () => {
  test('when nothing is said then clients are trusted and the demonstration runs', () => {
    const { clientTrust, demonstration, rateLimitPerSecond } = readConfig({}, '.');
    expect([clientTrust, demonstration, rateLimitPerSecond]).toEqual(['open', true, 1_000]);
  });

  test('when clients are to be known then it needs to know by what', () => {
    expect(refusals({ CLIENT_TRUST: 'jwt' }).join()).toMatch(/PUBLIC_BASE_URL is missing.*ISSUERS_FILE is missing/);
  });
});

describe('several workers', () => {
  const several = { WORKERS: '2', DEMONSTRATION: 'false' };
  test.each<[Record<string, string>, RegExp]>([
    [{ DEMONSTRATION: 'true' }, /DEMONSTRATION=false/],
    [{ DATABASE_URL: 'memory:' }, /not memory:/],
    [{ WORKERS: '0' }, /WORKERS/],
    [{ WORKERS: '129' }, /WORKERS/],
    [{ WORKERS: 'all' }, /WORKERS/],
  ])('when the environment has %j then it is refused', (changes, reason) => {
    expect(refusals({ ...several, ...changes }).join()).toMatch(reason);
  });

  test('when they can share what they know then they are accepted; one may have it all to itself', () => {
    expect(refusals(several)).toEqual([]);
    expect(refusals({ WORKERS: '1', DEMONSTRATION: 'true', DATABASE_URL: 'memory:' })).toEqual([]);
  });
});

describe('an issuers file', () => {
  const refused = (content: unknown) => refusals({ ...PRODUCTION, ISSUERS_FILE: file('odd.json', content) }).join('\n');
  test.each<[string, unknown, RegExp]>([
    ['nobody', [], /names no issuer/],
    ['an object', issuer, /ISSUERS_FILE/],
    ['no keys', [{ issuer: 'x' }], /needs jwksUrl or jwksFile/],
    ['a shared secret algorithm', [{ ...issuer, algorithms: ['HS256'] }], /algorithms/],
    ['no algorithm', [{ ...issuer, algorithms: [] }], /algorithms/],
    ['alg none', [{ ...issuer, algorithms: ['none'] }], /algorithms/],
    ['a word we do not know', [{ ...issuer, jwks: 'x' }], /jwks/],
    ['an issuer twice', [issuer, issuer], /twice/],
    ['a page for an origin', [{ ...issuer, origins: ['https://ehr.example/app'] }], /is not an origin/],
    ['any origin', [{ ...issuer, origins: ['*'] }], /origins/],
    ['no origin', [{ ...issuer, origins: ['null'] }], /origins/],
    ['a base with a query', [{ ...issuer, fhirServers: [{ base: 'https://ehr.example/?x' }] }], /is not the base/],
    ['a base with a user', [{ ...issuer, fhirServers: [{ base: 'https://u@ehr.example' }] }], /is not the base/],
    ['a base by address', [{ ...issuer, fhirServers: [{ base: 'https://10.0.0.1/fhir' }] }], /privateNetwork/],
    [
      'a base by address of version 6',
      [{ ...issuer, fhirServers: [{ base: 'https://[::1]/fhir' }] }],
      /privateNetwork/,
    ],
  ])('when it has %s then it is refused', (_, content, reason) => {
    expect(refused(content)).toMatch(reason);
  });

  test('when an issuer has two tenants then each is registered', () => {
    expect(refused([{ ...issuer, tenant: 'north' }, { ...issuer, tenant: 'south' }, issuer])).toBe('');
  });

  test('when keys are in a file then it stands beside the issuers file', () => {
    const env = { ...PRODUCTION, ISSUERS_FILE: file('beside.json', [{ issuer: 'x', jwksFile: 'keys.json' }]) };
    expect(readConfig(env, '.').issuers[0]?.jwksFile).toBe(join(folder, 'keys.json'));
  });
});
