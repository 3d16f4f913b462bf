/** CLIENT_TRUST -> how clients are told apart. */
import type { Logger } from 'pino';
import type { IdentifyClient } from '../cds-hooks/client.ts';
import type { ReplayMemory } from '../cds-hooks/replay-memory.ts';
import type { Config } from '../config.ts';
import { openTrust } from './open-trust.ts';

type Parts = {
  /** Milliseconds since 1970. */
  clock: () => number;
  log: Logger;
  replay: ReplayMemory;
};

/**
 * What checks tokens is loaded only where tokens are asked for.
 * @throws ServiceError `bad-configuration` when keys in a file cannot be read
 */
export async function trustIn(config: Config, { clock, log, replay }: Parts): Promise<IdentifyClient> {
  const { clientTrust, issuers, fhirServers, publicBaseUrl = '' } = config;
  if (clientTrust === 'open') return openTrust(fhirServers);
  const { jwtTrust } = await import('./identify-client.ts');
  return jwtTrust({ issuers, fhirServers, publicBaseUrl, clock, replay, log });
}
