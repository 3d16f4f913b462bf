/** The trace that a request belongs to: for log lines, for the reads that it causes, and for who collects spans. */
import type { RequestHandler, Response } from 'express';
import { readTraceparent, type StartSpan } from '../cds-hooks/trace.ts';

/** @param start measures each request as a span of its own; without it the client's trace is passed on as it came */
export function traced(start: StartSpan | undefined): RequestHandler {
  return ({ headers, method, originalUrl }, response, next) => {
    const given = readTraceparent(headers.traceparent) ? String(headers.traceparent) : undefined;
    if (!start) {
      response.locals.traceparent = given;
      return next();
    }
    const [, first = ''] = originalUrl.split(/[/?]/, 2);
    // Only the first part of a path is one of ours.
    const span = start(`${method} ${ROUTES.has(first) ? `/${first}` : 'other'}`, 'server', given);
    response.locals.traceparent = span.traceparent;
    response.once('close', () => {
      const status = response.statusCode;
      span.end({ failed: status >= 500, attributes: { 'http.response.status_code': status } });
    });
    next();
  };
}

const ROUTES = new Set(['cds-services', 'fhir-api', 'form-api', 'explorer-api', 'admin', 'metrics', 'readyz', 'livez']);

/** The header for what a request causes. */
export const traceparentOf = ({ locals }: Response): string | undefined =>
  typeof locals.traceparent === 'string' ? locals.traceparent : undefined;

/** The id of its trace. */
export const traceIdOf = (response: Response): string | undefined => readTraceparent(traceparentOf(response))?.traceId;
