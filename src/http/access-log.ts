/** One line for each request that no call has reported: what was asked in which shape, and how it ended. No patient data. */
import type { RequestHandler, Response } from 'express';
import type { Client } from '../cds-hooks/client.ts';
import { traceIdOf } from './trace.ts';

/** What is written; addresses and bodies are not. */
export type AccessLine = {
  method: string;
  /** The first part of the path when it is one of ours: paths may hold anything. */
  route: string;
  status: number;
  milliseconds: number;
  requestId?: string | undefined;
  traceId?: string | undefined;
  issuer?: string | undefined;
};

const ROUTES = new Set([
  'cds-services',
  'openapi.json',
  'livez',
  'readyz',
  'metrics',
  'fhir',
  'fhir-api',
  'form-api',
  'explorer-api',
  'form',
  'ehr',
  'explorer',
  'assets',
  'admin',
]);
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** A call that was answered has a line of its own (`answered`); nothing is said twice. */
export const reported = (response: Response): void => {
  response.locals.reported = true;
};

/** The request id is the hook instance. */
export const identified = (response: Response, hookInstance: string): void => {
  response.locals.requestId = hookInstance;
};

export function accessLog(write: (line: AccessLine) => void): RequestHandler {
  return (request, response, next) => {
    const started = performance.now();
    response.once('close', () => {
      const {
        reported: isReported,
        requestId,
        client,
      } = response.locals as {
        reported?: boolean;
        requestId?: string;
        client?: Client;
      };
      if (isReported) return;
      const [, first = ''] = request.originalUrl.split(/[/?]/, 2);
      write({
        method: METHODS.has(request.method) ? request.method : 'other',
        route: ROUTES.has(first) ? `/${first}` : 'other',
        status: response.statusCode,
        milliseconds: Math.round(performance.now() - started),
        requestId,
        traceId: traceIdOf(response),
        issuer: client?.issuer,
      });
    });
    next();
  };
}
