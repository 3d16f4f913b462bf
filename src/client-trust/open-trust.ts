/** Outside production nobody need show who calls. */
import type { FhirServer, IdentifyClient } from '../cds-hooks/client.ts';

/** Everybody is let in and nobody is known; the address tells callers apart. */
export function openTrust(fhirServers: readonly FhirServer[]): IdentifyClient {
  return ({ address }) => ({ name: address, fhirServers });
}
