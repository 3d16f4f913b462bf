/** Security headers and CORS for the service API. */
import type { RequestHandler } from 'express';
import helmet from 'helmet';

/** Strict headers; pages carry no inline script or style. */
export function securityHeaders(): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'self'"],
        styleSrc: ["'self'"],
        scriptSrc: ["'self'"],
        upgradeInsecureRequests: null,
      },
    },
    strictTransportSecurity: false,
  });
}

/**
 * Browser clients call from another origin (COR-1). Without client authentication there is nothing that an origin could
 * steal with the user's credentials: none are accepted, so any origin is allowed and none is echoed (COR-3).
 */
export const openCors: RequestHandler = (request, response, next) => {
  response.set('access-control-allow-origin', '*');
  if (request.method !== 'OPTIONS') return next();
  response.set({
    'access-control-allow-methods': 'GET, POST, OPTIONS',
    'access-control-allow-headers': 'authorization, content-type',
    'access-control-max-age': '600',
  });
  response.status(204).end();
};
