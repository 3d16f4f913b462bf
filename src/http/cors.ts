/** Browser clients call from another origin (conformance COR-1..5; bar I6). Credentials are never allowed. */
import type { RequestHandler } from 'express';
import { sendOutcome } from './errors.ts';

const PREFLIGHT = {
  'access-control-allow-methods': 'GET, POST, OPTIONS',
  'access-control-allow-headers': 'authorization, content-type',
  'access-control-max-age': '600',
};

/**
 * Without client authentication there is nothing that an origin could steal with the user's credentials: none are
 * accepted, so any origin is allowed and none is echoed (COR-3).
 */
export const openCors: RequestHandler = (request, response, next) => {
  response.set('access-control-allow-origin', '*');
  if (request.method !== 'OPTIONS') return next();
  response.set(PREFLIGHT).status(204).end();
};

/**
 * Pages of registered origins only, and the service's own. Whose page it is, is checked with the token.
 * @param publicBaseUrl where the service is known
 */
export function listedCors(origins: ReadonlySet<string>, publicBaseUrl: string | undefined): RequestHandler {
  const own = publicBaseUrl === undefined ? undefined : new URL(publicBaseUrl).origin;
  return (request, response, next) => {
    const { origin } = request.headers;
    response.vary('origin');
    if (origin !== undefined && origins.has(origin)) response.set('access-control-allow-origin', origin);
    else if (origin !== undefined && origin !== own)
      return sendOutcome(response, 403, 'forbidden', ['This origin is not registered']);
    if (request.method !== 'OPTIONS') return next();
    response.set(PREFLIGHT).status(204).end();
  };
}
