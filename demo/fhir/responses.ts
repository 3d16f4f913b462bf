import { getStatus } from '@medplum/core';
import type { FhirResponse } from '@medplum/fhir-router';
import type { OperationOutcome, Resource } from '@medplum/fhirtypes';
import type { NextFunction, Request, Response } from 'express';
import { describeProblem, FhirProblem } from './problems.ts';

/** Media types read and written; the second is what older FHIR clients, the CDS Hooks Sandbox among them, ask for. */
export const JSON_TYPES = ['application/fhir+json', 'application/json+fhir', 'application/json'];

/** Refuses clients that want something else than JSON. */
export function onlyJson(req: Request, _res: Response, next: NextFunction): void {
  if (!req.accepts(JSON_TYPES)) throw new FhirProblem(406, 'not-supported', 'Only JSON is offered here');
  next();
}

/** Sends what the FHIR router answered; a resource takes its version and place along. */
export function answerWith(res: Response, [outcome, resource]: FhirResponse, typeUrl: string): void {
  const status = getStatus(outcome);
  if (resource?.id && resource.meta?.versionId) {
    res.set('ETag', `W/"${resource.meta.versionId}"`);
    if (status === 201) res.location(`${typeUrl}/${resource.id}`);
  }
  send(res, status, resource ?? outcome);
}

/** Express error handler: every failure is an OperationOutcome. */
export function answerWithProblem(error: unknown, _req: Request, res: Response, next: NextFunction): void {
  if (res.headersSent) {
    next(error);
    return;
  }
  const { status, outcome } = describeProblem(error);
  send(res, status, outcome);
}

/** Sends FHIR JSON in the media type that the client prefers. */
export function send(res: Response, status: number, body: Resource | OperationOutcome): void {
  const type = res.req.accepts(JSON_TYPES) || 'application/fhir+json';
  res.status(status).set('Content-Type', `${type}; charset=utf-8`).send(JSON.stringify(body));
}
