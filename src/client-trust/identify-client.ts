/** Tells who calls by a signed token. */
import type { Logger } from 'pino';
import type { Caller, Client, FhirServer, IdentifyClient } from '../cds-hooks/client.ts';
import type { ReplayMemory } from '../cds-hooks/replay-memory.ts';
import type { Issuer } from '../config/issuers.ts';
import { ServiceError } from '../errors.ts';
import { keySource } from './key-source.ts';
import { Refusal, verifyToken } from './verify-token.ts';

type ClientTrust = {
  issuers: readonly Issuer[];
  /** Servers that every client may name. */
  fhirServers: readonly FhirServer[];
  /** Without a slash at the end; `aud` is this and the path. */
  publicBaseUrl: string;
  clock: () => number;
  replay: ReplayMemory;
  log: Logger;
};

/** Clients are known by JWT. @throws ServiceError `bad-configuration` when keys in a file cannot be read */
export function jwtTrust({ issuers, fhirServers, publicBaseUrl, clock, replay, log }: ClientTrust): IdentifyClient {
  const trusted = issuers.map((issuer) => ({ issuer, keys: keySource(issuer), client: clientOf(issuer, fhirServers) }));
  const ownOrigin = new URL(publicBaseUrl).origin;

  async function known({ authorization, origin, path }: Caller): Promise<Client> {
    const audience = `${publicBaseUrl}${path}`;
    const { issuer, client } = await verifyToken(authorization, { issuers: trusted, audience, now: clock(), replay });
    if (origin !== undefined && origin !== ownOrigin && !issuer.origins.includes(origin)) {
      throw new Refusal('origin is not of this issuer');
    }
    return client;
  }

  return async (caller) => {
    try {
      return await known(caller);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      log.warn({ reason: error.reason, detail: error.detail }, 'client refused');
      throw new ServiceError('unauthenticated', 'The client is not authenticated');
    }
  };
}

const clientOf = ({ issuer, tenant, fhirServers }: Issuer, shared: readonly FhirServer[]): Client => ({
  name: JSON.stringify([issuer, tenant]),
  issuer,
  tenant,
  fhirServers: [...fhirServers, ...shared],
});
