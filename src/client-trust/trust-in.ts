/** CLIENT_TRUST -> how clients are told apart. */
import type { Logger } from 'pino';
import type { IdentifyClient } from '../cds-hooks/client.ts';
import type { ReplayMemory } from '../cds-hooks/replay-memory.ts';
import type { Config } from '../config.ts';
import { jwtTrust, openTrust } from './identify-client.ts';

type Parts = {
  /** Milliseconds since 1970. */
  clock: () => number;
  log: Logger;
  replay: ReplayMemory;
};

/** @throws ServiceError `bad-configuration` when keys in a file cannot be read */
export function trustIn(config: Config, { clock, log, replay }: Parts): IdentifyClient {
  const { clientTrust, issuers, fhirServers, publicBaseUrl = '' } = config;
  return clientTrust === 'open'
    ? openTrust(fhirServers)
    : jwtTrust({ issuers, fhirServers, publicBaseUrl, clock, replay, log });
}
