/** The registered FHIR servers, and what is kept of each between calls: connections and how it fared. No patient data. */
import type { Dispatcher } from 'undici';
import type { FhirServer } from '../cds-hooks/client.ts';
import type { ReadFhir } from '../fhir/read-fhir.ts';
import { outboundAgent, type Resolve } from '../outbound/agent.ts';
import { httpClient } from '../outbound/http-client.ts';
import { type CircuitBreaker, circuitBreaker } from './circuit-breaker.ts';
import { readOverHttp } from './read-over-http.ts';

/** What a request names. */
type Named = { fhirServer?: string | undefined; token?: string | undefined; traceparent?: string | undefined };

/** Gives a reader for one call, or nothing when the server is not one of those that this client may name. */
export type ReaderFor = (allowed: readonly FhirServer[], named: Named) => ReadFhir | undefined;

/**
 * @param budgetMs for all reads of one call
 * @param registered the servers of all clients: with any, no call has to wait until what asks them is loaded
 */
export function fhirServers(
  budgetMs: number,
  registered: readonly FhirServer[] = [],
  resolveName?: Resolve,
): ReaderFor {
  if (registered.length > 0) httpClient();
  const agents = new Map<boolean, Dispatcher>();
  const breakers = new Map<string, CircuitBreaker>();
  return (allowed, { fhirServer, token, traceparent }) => {
    const base = fhirServer?.replace(/\/+$/, '');
    const server = allowed.find((one) => one.base === base);
    if (!server) return undefined;
    const dispatcher = kept(agents, server.privateNetwork, () => outboundAgent(server.privateNetwork, resolveName));
    const breaker = kept(breakers, server.base, () => circuitBreaker());
    return readOverHttp({ server, token, traceparent, budgetMs, dispatcher, breaker });
  };
}

/** The value of a key, made when it is first asked for. */
function kept<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
