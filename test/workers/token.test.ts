/** A token is used once by all workers (bar J5). */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { bearer, claimsFor, ecKeys, ISS, jwksOf, PUBLIC_BASE, tokenOf } from '../harness/ehr.ts';
import { ask, startWorkers } from './service.ts';

const DISCOVERY = '/cds-services';

test('when fifty replays come on fifty connections then one is served', async () => {
  const keys = ecKeys('key-1');
  const folder = mkdtempSync(join(tmpdir(), 'workers-issuers-'));
  writeFileSync(join(folder, 'jwks.json'), JSON.stringify(jwksOf(keys)));
  const ISSUERS_FILE = join(folder, 'issuers.json');
  writeFileSync(ISSUERS_FILE, JSON.stringify([{ issuer: ISS, jwksFile: 'jwks.json' }]));
  const service = await startWorkers({ CLIENT_TRUST: 'jwt', PUBLIC_BASE_URL: PUBLIC_BASE, ISSUERS_FILE });
  const now = Math.floor(Date.now() / 1_000);
  const token = tokenOf(keys, claimsFor(DISCOVERY, { iat: now, exp: now + 300 }));
  const replay = () => ask(service, { path: DISCOVERY, headers: bearer(token) });
  const statuses = (await Promise.all(Array.from({ length: 50 }, replay))).map(({ status }) => status);
  expect(statuses.filter((status) => status === 200)).toHaveLength(1);
  expect(statuses.filter((status) => status === 401)).toHaveLength(49);
  expect(await service.end('SIGTERM')).toBe(0);
}, 60_000);
