/** What a request to the service API passes before it is answered, in this order. */
import type { RequestHandler } from 'express';
import type { IdentifyClient } from '../cds-hooks/client.ts';
import type { Config } from '../config.ts';
import { authenticate, limitRate } from './authenticate.ts';
import { listedCors, openCors } from './cors.ts';
import { overload } from './overload.ts';
import { FHIR_JSON, readBody } from './read-body.ts';

/**
 * `entrance` for every request; `body` for those that bring one, `fhirBody` where it may be of FHIR's own type.
 * `form`: for the form's page, who is nobody in particular.
 */
export type Admission = Record<'entrance' | 'body' | 'fhirBody' | 'form', RequestHandler[]>;

export function admission(config: Config, identify: IdentifyClient): Admission {
  const { refuse, hold } = overload({ mostCalls: config.maxConcurrentCalls, mostLagMs: config.overloadLagMs });
  const body = [readBody(config.bodyLimitBytes), hold];
  const fhirBody = [readBody(config.bodyLimitBytes, FHIR_JSON), hold];
  // All pages together: they cannot take from the hooks what the hooks need.
  const form = [
    refuse,
    authenticate(() => ({ name: 'form', fhirServers: [] })),
    limitRate(config.formRateLimitPerSecond),
  ];
  if (config.clientTrust === 'open')
    return { entrance: [openCors, refuse, authenticate(identify)], body, fhirBody, form };
  const cors = listedCors(new Set(config.issuers.flatMap(({ origins }) => origins)), config.publicBaseUrl);
  return {
    entrance: [cors, refuse, authenticate(identify), limitRate(config.rateLimitPerSecond)],
    body,
    fhirBody,
    form,
  };
}
