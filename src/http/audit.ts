/** Tells the audit of calls that used a patient's data, when they end. */
import type { RequestHandler, Response } from 'express';
import type { AuditedCall, RecordCall } from '../cds-hooks/audited-call.ts';
import type { Client } from '../cds-hooks/client.ts';

/** Whose data a call used, for whom, and by what. */
export type Used = Pick<AuditedCall, 'patientId' | 'user' | 'requestId' | 'service'>;

/** To be said as soon as it is known; a call of which nothing is said used nobody's data. */
export const usedData = (response: Response, used: Used): void => {
  response.locals.usedData = used;
};

/** Where a user is no reference it may be any text, a name too: nothing is kept of it. */
const REFERENCE = /^[A-Z][A-Za-z]+\/[A-Za-z0-9\-.]{1,64}$/;

export function auditing(record: RecordCall): RequestHandler {
  return (request, response, next) => {
    const address = request.socket.remoteAddress ?? 'unknown';
    response.once('close', () => {
      const { usedData: used, client } = response.locals as { usedData?: Used; client?: Client };
      if (!used) return;
      const user = REFERENCE.test(used.user ?? '') ? used.user : undefined;
      record({ ...used, user, issuer: client?.issuer, address, outcome: outcomeOf(response.statusCode) });
    });
    next();
  };
}

const outcomeOf = (status: number): AuditedCall['outcome'] =>
  status < 400 ? 'success' : status < 500 ? 'refused' : 'failed';
