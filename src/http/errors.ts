/** Failures as HTTP: the only file that knows status codes of failures; bodies are OperationOutcomes (ERR-1, ERR-2). */
import type { ErrorRequestHandler, Request, Response } from 'express';
import { type ErrorCode, ServiceError } from '../errors.ts';
import type { OperationOutcome } from '../fhir/types.ts';

type IssueCode = OperationOutcome['issue'][number]['code'];

const STATUS: Record<ErrorCode, { status: number; issue: IssueCode }> = {
  'bad-request': { status: 400, issue: 'invalid' },
  'unknown-service': { status: 404, issue: 'not-found' },
  'wrong-patient': { status: 400, issue: 'conflict' },
  'data-unavailable': { status: 412, issue: 'incomplete' },
  'too-large': { status: 413, issue: 'too-long' },
  'unknown-card': { status: 404, issue: 'not-found' },
  'store-unavailable': { status: 503, issue: 'transient' },
  'bad-configuration': { status: 500, issue: 'exception' },
  'bad-knowledge': { status: 500, issue: 'exception' },
};

/** Failures of reading the body, as express names them. */
const BODY_FAULTS: Record<string, { status: number; issue: IssueCode; text: string }> = {
  'entity.too.large': { status: 413, issue: 'too-long', text: 'The body is larger than this service reads' },
  'content-type': { status: 415, issue: 'not-supported', text: 'The body must be application/json' },
  'entity.parse.failed': { status: 400, issue: 'structure', text: 'The body is not JSON' },
  'encoding.unsupported': { status: 415, issue: 'not-supported', text: 'The content encoding is not supported' },
  'charset.unsupported': { status: 415, issue: 'not-supported', text: 'The charset is not supported' },
};

/** Called for failures that nobody foresaw; the answer tells nothing of them. */
export type ReportUnforeseen = (error: unknown, request: Request) => void;

/** The one error handler. */
export function errorHandler(report: ReportUnforeseen): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) return next(error);
    if (error instanceof ServiceError && STATUS[error.code].status !== 500) {
      const { status, issue } = STATUS[error.code];
      if (status === 503) response.set('retry-after', '1');
      return sendOutcome(response, status, issue, [error.message, ...error.details]);
    }
    const fault = BODY_FAULTS[String((error as { type?: unknown } | null)?.type)];
    if (fault) return sendOutcome(response, fault.status, fault.issue, [fault.text]);
    const status = (error as { status?: unknown } | null)?.status;
    if (typeof status === 'number' && status >= 400 && status < 500) {
      return sendOutcome(response, status, 'invalid', ['The request could not be read']);
    }
    report(error, request);
    return sendOutcome(response, 500, 'exception', ['The request could not be answered']);
  };
}

/** Answers with an OperationOutcome, one issue for each text. */
export function sendOutcome(response: Response, status: number, code: IssueCode, texts: string[]): void {
  const issue = texts.map((diagnostics) => ({ severity: 'error' as const, code, diagnostics }));
  const outcome: OperationOutcome = { resourceType: 'OperationOutcome', issue: issue as OperationOutcome['issue'] };
  response.status(status).json(outcome);
}
