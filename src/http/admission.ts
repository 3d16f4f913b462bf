/** What a request to the service API passes before it is answered, in this order. */
import type { RequestHandler } from 'express';
import type { IdentifyClient } from '../cds-hooks/client.ts';
import type { Config } from '../config.ts';
import { adminOnly } from './admin-token.ts';
import { authenticate, limitRate } from './authenticate.ts';
import { listedCors, openCors } from './cors.ts';
import { overload } from './overload.ts';
import { FHIR_JSON, readBody } from './read-body.ts';

/** What an author supposes is small. */
const SUPPOSED_LIMIT_BYTES = 65_536;

/**
 * `entrance` for every request; `body` for those that bring one, `fhirBody` where it may be of FHIR's own type,
 * `smallBody` for what is supposed. `form`, `explorer`: for our own pages, who are nobody in particular; `admin`: whoever
 * holds the site's token.
 */
export type Admission = Record<
  'entrance' | 'body' | 'fhirBody' | 'smallBody' | 'form' | 'explorer' | 'admin',
  RequestHandler[]
>;

export function admission(config: Config, identify: IdentifyClient): Admission {
  const { refuse, hold } = overload({ mostCalls: config.maxConcurrentCalls, mostLagMs: config.overloadLagMs });
  const body = [readBody(config.bodyLimitBytes), hold];
  const fhirBody = [readBody(config.bodyLimitBytes, FHIR_JSON), hold];
  const smallBody = [readBody(SUPPOSED_LIMIT_BYTES), hold];
  // All pages together: they cannot take from the hooks what the hooks need, nor authors from patients.
  const page = (name: string) => [
    refuse,
    authenticate(() => ({ name, fhirServers: [] })),
    limitRate(config.formRateLimitPerSecond),
  ];
  const admin = [...page('admin'), adminOnly(config.adminToken, config.demonstration)];
  const common = { body, fhirBody, smallBody, form: page('form'), explorer: page('explorer'), admin };
  if (config.clientTrust === 'open') return { entrance: [openCors, refuse, authenticate(identify)], ...common };
  const cors = listedCors(new Set(config.issuers.flatMap(({ origins }) => origins)), config.publicBaseUrl);
  const entrance = [cors, refuse, authenticate(identify), limitRate(config.rateLimitPerSecond)];
  return { entrance, ...common };
}
