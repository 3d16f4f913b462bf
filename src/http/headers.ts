/** Security headers of every answer. */
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
