/** A token is used once by all replicas, and after any of them was killed (bar J5, R4). */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { onEachDatabase } from '../harness/databases.ts';
import { bearer, claimsFor, ecKeys, ISS, jwksOf, PUBLIC_BASE, tokenOf } from '../harness/ehr.ts';
import { startProcess } from '../harness/service-process.ts';

const keys = ecKeys('key-1');
const DISCOVERY = '/cds-services';

function issuersFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'issuers-'));
  writeFileSync(join(folder, 'jwks.json'), JSON.stringify(jwksOf(keys)));
  const path = join(folder, 'issuers.json');
  writeFileSync(path, JSON.stringify([{ issuer: ISS, jwksFile: 'jwks.json' }]));
  return path;
}

function freshToken(): string {
  const now = Math.floor(Date.now() / 1_000);
  return tokenOf(keys, claimsFor(DISCOVERY, { iat: now, exp: now + 300 }));
}

onEachDatabase((database) => {
  const start = () =>
    startProcess({
      CLIENT_TRUST: 'jwt',
      PUBLIC_BASE_URL: PUBLIC_BASE,
      ISSUERS_FILE: issuersFile(),
      DATABASE_URL: database().url,
    });
  const ask = async (base: string, token: string) =>
    (await fetch(`${base}${DISCOVERY}`, { headers: bearer(token) })).status;

  test('when a token was served by one process then another one refuses it, also after a kill -9', async () => {
    const [first, second] = [await start(), await start()];
    const [token, other] = [freshToken(), freshToken()];
    expect(await ask(first.base, token)).toBe(200);
    expect(await ask(second.base, token)).toBe(401);
    expect(await ask(second.base, other)).toBe(200);
    await first.end('SIGKILL');
    const again = await start();
    expect(await ask(again.base, token)).toBe(401);
    expect(await ask(again.base, other)).toBe(401);
    expect(await ask(again.base, freshToken())).toBe(200);
    await again.end('SIGTERM');
    await second.end('SIGTERM');
  }, 60_000);

  test('when fifty replays go to two processes at once then one of all is served', async () => {
    const replicas = [await start(), await start()];
    const token = freshToken();
    const statuses = await Promise.all(Array.from({ length: 50 }, (_, at) => ask(replicas[at % 2]?.base ?? '', token)));
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    for (const replica of replicas) await replica.end('SIGTERM');
  }, 60_000);
});
