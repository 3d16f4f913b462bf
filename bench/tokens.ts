/** An EHR that signs each request: its public key in a file for the service, and tokens made before time is taken. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

/** The dearer of the two that CDS Hooks recommends; to check RS384 costs a quarter of it. */
export const ALGORITHM = 'ES384';

type Ehr = {
  /** What the service must be started with to know this EHR, and not to slow it down. */
  settings: Record<string, string>;
  sign: (count: number) => Promise<string[]>;
  tidy: () => void;
};

const ISSUER = 'https://ehr.example';
const PUBLIC_BASE = 'https://cds.example';
const KID = 'bench';

/** @param path of the endpoint that the tokens are for */
export async function prepareEhr(path: string): Promise<Ehr> {
  const { publicKey, privateKey } = await generateKeyPair(ALGORITHM, { extractable: true });
  const folder = mkdtempSync(join(tmpdir(), 'bench-ehr-'));
  const issuersFile = join(folder, 'issuers.json');
  const key = { ...(await exportJWK(publicKey)), kid: KID, alg: ALGORITHM, use: 'sig' };
  writeFileSync(join(folder, 'jwks.json'), JSON.stringify({ keys: [key] }));
  writeFileSync(issuersFile, JSON.stringify([{ issuer: ISSUER, jwksFile: 'jwks.json', algorithms: [ALGORITHM] }]));
  const token = () =>
    new SignJWT({})
      .setProtectedHeader({ alg: ALGORITHM, typ: 'JWT', kid: KID })
      .setIssuer(ISSUER)
      .setAudience(`${PUBLIC_BASE}${path}`)
      .setIssuedAt()
      .setExpirationTime('5m')
      .setJti(randomUUID())
      .sign(privateKey);
  return {
    settings: {
      CLIENT_TRUST: 'jwt',
      PUBLIC_BASE_URL: PUBLIC_BASE,
      ISSUERS_FILE: issuersFile,
      RATE_LIMIT_PER_SECOND: '1000000',
    },
    sign: (count) => Promise.all(Array.from({ length: count }, token)),
    tidy: () => rmSync(folder, { recursive: true, force: true }),
  };
}
