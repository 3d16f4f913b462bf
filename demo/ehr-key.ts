// Trusting CDS Clients, https://cds-hooks.hl7.org/2.0/#trusting-cds-clients: the demonstration's EHR is known by a key.
import express, { type Router } from 'express';
import { exportJWK, generateKeyPair, type JWK } from 'jose';

const ALGORITHM = 'ES384';

export interface EhrKey {
  /** Public, for the service. */
  readonly published: { readonly keys: readonly JWK[] };
  /** For the page, which signs with it. */
  readonly own: JWK;
}

/** A key pair that lives as long as the process. */
export async function makeEhrKey(): Promise<EhrKey> {
  const { privateKey, publicKey } = await generateKeyPair(ALGORITHM, { extractable: true });
  const names = { kid: crypto.randomUUID(), alg: ALGORITHM };
  return {
    published: { keys: [{ ...(await exportJWK(publicKey)), ...names, use: 'sig' }] },
    own: { ...(await exportJWK(privateKey)), ...names },
  };
}

/**
 * `/ehr-key/jwks.json` for the service, and `/ehr-key/own.json` for the page. Everybody who can open the page can sign
 * as it does: the data behind it are synthetic, and production has no demonstration.
 */
export function serveEhrKey({ published, own }: EhrKey): Router {
  const router = express.Router();
  router.get('/jwks.json', (_req, res) => {
    res.json(published);
  });
  router.get('/own.json', (_req, res) => {
    res.set('cache-control', 'no-store').json(own);
  });
  return router;
}
