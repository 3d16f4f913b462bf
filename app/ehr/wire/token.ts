/**
 * The token of a CDS client (CDS Hooks 2.0.1, "Trusting CDS Clients"): a JWT for one endpoint, once, five minutes long.
 * The key is made when the page opens and never leaves the browser.
 */
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

const ALGORITHM = 'ES384';
const LIFE_SECONDS = 300;
const ISSUER = new URL('./', document.baseURI).href;

export type Signed = { token: string; claims: Record<string, unknown> };

type Key = { privateKey: CryptoKey; kid: string };
let made: Promise<Key> | undefined;

/** @param audience the URL that is called, exactly. Undefined where a browser offers no keys: plain http elsewhere than on this machine */
export async function signedFor(audience: string): Promise<Signed | undefined> {
  if (!isSecureContext) return undefined;
  made ??= makeKey();
  const { privateKey, kid } = await made;
  const iat = Math.floor(Date.now() / 1000);
  const claims = { iss: ISSUER, aud: audience, iat, exp: iat + LIFE_SECONDS, jti: crypto.randomUUID() };
  const header = { alg: ALGORITHM, typ: 'JWT', kid };
  return { token: await new SignJWT(claims).setProtectedHeader(header).sign(privateKey), claims };
}

async function makeKey(): Promise<Key> {
  const { privateKey, publicKey } = await generateKeyPair(ALGORITHM);
  const { x = '' } = await exportJWK(publicKey);
  return { privateKey, kid: x.slice(0, 16) };
}
