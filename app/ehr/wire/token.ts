/**
 * The token of a CDS client (CDS Hooks 2.0.1, "Trusting CDS Clients"): a JWT for one endpoint, once, five minutes long.
 * The demonstration's server makes the key when it starts, and the page signs with it.
 */
import { importJWK, type JWK, SignJWT } from 'jose';
import { answered } from './send.ts';

const LIFE_SECONDS = 300;
const ISSUER = new URL('./', document.baseURI).href;

export type Signed = { token: string; claims: Record<string, unknown> };

let asked: Promise<JWK> | undefined;

/** @param audience the URL that is called, exactly. Undefined where a browser signs nothing: plain http elsewhere than on this machine */
export async function signedFor(audience: string): Promise<Signed | undefined> {
  if (!isSecureContext) return undefined;
  asked ??= answered<JWK>({ purpose: 'The key of this page', url: new URL('../ehr-key/own.json', document.baseURI) });
  const { kid = '', alg = '', ...key } = await asked;
  const iat = Math.floor(Date.now() / 1000);
  const claims = { iss: ISSUER, aud: audience, iat, exp: iat + LIFE_SECONDS, jti: crypto.randomUUID() };
  const signer = new SignJWT(claims).setProtectedHeader({ alg, typ: 'JWT', kid });
  return { token: await signer.sign(await importJWK(key, alg)), claims };
}
