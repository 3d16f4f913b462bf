/** The public keys of an issuer: from a file, or from its registered URL, fetched anew when a key is not known (bar J6-J9). */
import { readFileSync } from 'node:fs';
import { createLocalJWKSet, createRemoteJWKSet, customFetch, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import type { Issuer } from '../config/issuers.ts';
import { ServiceError } from '../errors.ts';
import { checkLiteral, outboundAgent } from '../outbound/agent.ts';
import { getJson } from '../outbound/get-json.ts';

const MOST_KEYS = 100;
const MOST_BYTES = 262_144;
const FETCH_MS = 2_000;
/** A key that is not known is looked for this often at most. */
const COOLDOWN_MS = 60_000;
/** A key that was taken back is refused after this time at the latest. */
const CACHE_MS = 600_000;
/** A URL that fails is left alone for so long. */
const REST_MS = 5_000;

/** @throws ServiceError `bad-configuration` when the file of an issuer is no set of public keys */
export function keySource(issuer: Issuer): JWTVerifyGetKey {
  return issuer.jwksFile === undefined ? remoteKeys(issuer) : fileKeys(issuer.jwksFile);
}

function fileKeys(path: string): JWTVerifyGetKey {
  try {
    return createLocalJWKSet(checked(JSON.parse(readFileSync(path, 'utf8'))));
  } catch (error) {
    throw new ServiceError('bad-configuration', `jwksFile ${path} is no set of public keys`, [String(error)]);
  }
}

function remoteKeys({ jwksUrl = '', privateNetwork }: Issuer): JWTVerifyGetKey {
  const url = new URL(jwksUrl);
  const dispatcher = outboundAgent(privateNetwork);
  let restsUntil = 0;

  async function fetchKeys(_url: string, { signal }: { signal: AbortSignal }): Promise<Response> {
    if (performance.now() < restsUntil) throw new Error('the key server rests');
    try {
      checkLiteral(url, privateNetwork);
      const headers = { accept: 'application/jwk-set+json, application/json' };
      return Response.json(checked(await getJson(url, { dispatcher, headers, signal, mostBytes: MOST_BYTES })));
    } catch (error) {
      restsUntil = performance.now() + REST_MS;
      throw error;
    }
  }

  return createRemoteJWKSet(url, {
    timeoutDuration: FETCH_MS,
    cooldownDuration: COOLDOWN_MS,
    cacheMaxAge: CACHE_MS,
    [customFetch]: fetchKeys,
  });
}

/** Public keys only, and not too many to look through. */
function checked(content: unknown): JSONWebKeySet {
  const keys = (content as { keys?: unknown } | null)?.keys;
  if (!Array.isArray(keys) || keys.length > MOST_KEYS) throw new Error('is no JSON Web Key Set of at most 100 keys');
  const secret = keys.some((key) => key === null || typeof key !== 'object' || 'd' in key || key.kty === 'oct');
  if (secret) throw new Error('holds a key that is not public');
  return content as JSONWebKeySet;
}
