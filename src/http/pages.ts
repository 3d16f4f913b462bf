/** The pages that people see, as `npm run build` made them. */
import express, { type RequestHandler, Router } from 'express';

const YEAR_MS = 365 * 86_400_000;

/**
 * Serves the built pages under a Content-Security-Policy that allows nothing inline.
 * @param folder of the build
 * @param connectTo origins beside our own that a page may speak to: the FHIR servers that are registered
 */
export function pages(folder: string, connectTo: string[]): RequestHandler {
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    // The style sheet draws its check marks and arrows as data.
    "img-src 'self' data:",
    `connect-src ${["'self'", ...new Set(connectTo)].join(' ')}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
  const secured: RequestHandler = (_request, response, next) => {
    response.set('content-security-policy', policy);
    next();
  };
  return Router()
    .use('/assets', secured, express.static(`${folder}/assets`, { immutable: true, maxAge: YEAR_MS, index: false }))
    .use(secured, express.static(folder, { cacheControl: false }));
}
