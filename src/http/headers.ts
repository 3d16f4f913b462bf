/** Security headers of every answer. */
import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { RequestHandler } from 'express';
import helmet from 'helmet';

/** Strict headers; pages carry no inline script or style. */
export function securityHeaders(): RequestHandler {
  const headers = saidBy(
    helmet({
      contentSecurityPolicy: {
        directives: {
          defaultSrc: ["'self'"],
          styleSrc: ["'self'"],
          scriptSrc: ["'self'"],
          upgradeInsecureRequests: null,
        },
      },
      strictTransportSecurity: false,
    }),
  );
  return (_request, response, next) => {
    for (const [name, value] of headers) response.setHeader(name, value);
    next();
  };
}

type Handler = ReturnType<typeof helmet>;

/** They are the same for every answer, so helmet is asked once: its dozen handlers would each take their time again. */
function saidBy(handler: Handler): [string, string][] {
  const response = new ServerResponse(new IncomingMessage(new Socket()));
  let failed: unknown;
  handler(response.req, response, (error) => {
    failed = error;
  });
  if (failed) throw failed;
  return Object.entries(response.getHeaders()).map(([name, value]) => [name, String(value)]);
}
