/** EHRs that sign every request, so that a crash also meets the memory of used tokens. */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { requestBodies } from '../../bench/body.ts';
import { bearer, claimsFor, ecKeys, ISS, jwksOf, PUBLIC_BASE, tokenOf } from '../../test/harness/ehr.ts';

const keys = ecKeys('key-1');
export const SERVICE = '/cds-services/back-pain-in-pregnancy';
export const FEEDBACK = `${SERVICE}/feedback`;

export type Ehr = {
  /** What the service must be started with to know these EHRs. */
  env: Record<string, string>;
  bodies: string[];
  /** A token for one request to `path`. */
  token: (path: string) => string;
};

/** Makes the keys known in a file, and bodies of calls with a full prefetch. @param tokenSeconds how long a token lives */
export function prepareEhr(tokenSeconds = 300): Ehr {
  const folder = mkdtempSync(join(tmpdir(), 'crash-'));
  writeFileSync(join(folder, 'jwks.json'), JSON.stringify(jwksOf(keys)));
  writeFileSync(join(folder, 'issuers.json'), JSON.stringify([{ issuer: ISS, jwksFile: 'jwks.json' }]));
  const questionnaire = JSON.parse(readFileSync('questionnaires/back-pain-triage.json', 'utf8'));
  return {
    env: { CLIENT_TRUST: 'jwt', PUBLIC_BASE_URL: PUBLIC_BASE, ISSUERS_FILE: join(folder, 'issuers.json') },
    bodies: requestBodies(questionnaire, 20, new Date()).map((bytes) => bytes.toString()),
    token: (path) => {
      const now = Math.floor(Date.now() / 1_000);
      return tokenOf(keys, claimsFor(path, { iat: now, exp: now + tokenSeconds }));
    },
  };
}

/** Posts a body with a token, on a connection of its own: one that a proxy is just closing would be a fault of ours. */
export const post = (base: string, path: string, body: string, token: string): Promise<Response> =>
  fetch(`${base}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', connection: 'close', ...bearer(token) },
    body,
  });
