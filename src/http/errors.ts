/** Failures as HTTP: the only file that knows status codes of failures; bodies are OperationOutcomes (ERR-1, ERR-2). */
import type { ErrorRequestHandler, Request, Response } from 'express';
import { type ErrorCode, ServiceError } from '../errors.ts';
import type { OperationOutcome } from '../fhir/types.ts';

type IssueCode = OperationOutcome['issue'][number]['code'];

const STATUS: Record<ErrorCode, { status: number; issue: IssueCode; headers?: Record<string, string> }> = {
  'bad-request': { status: 400, issue: 'invalid' },
  'unknown-service': { status: 404, issue: 'not-found' },
  'unknown-resource': { status: 404, issue: 'not-found' },
  refused: { status: 422, issue: 'not-supported' },
  'not-processable': { status: 422, issue: 'processing' },
  'wrong-patient': { status: 400, issue: 'conflict' },
  'data-unavailable': { status: 412, issue: 'incomplete' },
  'too-large': { status: 413, issue: 'too-long' },
  'body-not-supported': { status: 415, issue: 'not-supported' },
  unauthenticated: { status: 401, issue: 'login', headers: { 'www-authenticate': 'Bearer' } },
  'other-origin': { status: 403, issue: 'forbidden' },
  'too-many-calls': { status: 429, issue: 'throttled', headers: { 'retry-after': '1' } },
  overloaded: { status: 503, issue: 'transient', headers: { 'retry-after': '1' } },
  'unknown-card': { status: 404, issue: 'not-found' },
  'store-unavailable': { status: 503, issue: 'transient', headers: { 'retry-after': '1' } },
  'bad-configuration': { status: 500, issue: 'exception' },
  'bad-knowledge': { status: 500, issue: 'exception' },
};

/** Called for failures that nobody foresaw; the answer tells nothing of them. */
export type ReportUnforeseen = (error: unknown, request: Request) => void;

/** The one error handler. */
export function errorHandler(report: ReportUnforeseen): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) return next(error);
    if (error instanceof ServiceError && STATUS[error.code].status !== 500) {
      const { status, issue, headers } = STATUS[error.code];
      if (headers) response.set(headers);
      return sendOutcome(response, status, issue, [error.message, ...error.details]);
    }
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

/** Where an unforeseen failure arose. Its message may quote what a client sent, so it is left out. */
export function framesOf(error: unknown): { name: string; frames: string[] } {
  if (!(error instanceof Error)) return { name: typeof error, frames: [] };
  const lines = error.stack?.slice(error.stack.indexOf(error.message) + error.message.length).split('\n') ?? [];
  return {
    name: error.constructor.name,
    frames: lines.filter((line) => /^\s+at /.test(line)).map((line) => line.trim()),
  };
}
