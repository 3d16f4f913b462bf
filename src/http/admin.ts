/** `/admin`: what the site asks of its own service (ADR 0025). */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type RequestHandler, Router } from 'express';
import type { z } from 'zod';
import type { ReadAudit } from '../cds-hooks/audited-call.ts';
import { type CountFeedback, feedbackPeriod } from '../cds-hooks/feedback-counts.ts';
import { auditPeriod } from '../cds-hooks/period.ts';
import { ServiceError } from '../errors.ts';
import { feedbackCsv } from './feedback-csv.ts';
import { sameOrigin } from './same-origin.ts';

export type AdminParts = {
  guards: RequestHandler[];
  countFeedback: CountFeedback;
  /** Absent where no audit is kept: then there is nothing at its address. */
  readAudit?: ReadAudit | undefined;
  clock: () => number;
};

/** Routes, behind `guards`. */
export function admin({ guards, countFeedback, readAudit, clock }: AdminParts): Router {
  const router = Router();
  router.use(sameOrigin, guards);
  router.get('/feedback', async (request, response) => {
    const asked = checked(feedbackPeriod(clock()), request.query);
    const rows = await countFeedback(asked);
    const isCsv = (asked.format ?? request.accepts('json', 'csv')) === 'csv';
    response.vary('accept');
    if (!isCsv) return void response.json({ rows });
    response.attachment('feedback.csv').type('text/csv').send(feedbackCsv(rows));
  });
  if (readAudit) router.get('/audit', sendAudit(readAudit, clock));
  return router;
}

/** NDJSON, a page of the database after the other: however long it is, little of it is in memory. */
function sendAudit(readAudit: ReadAudit, clock: () => number): RequestHandler {
  return async (request, response) => {
    const pages = readAudit(checked(auditPeriod(clock()), request.query));
    async function* lines() {
      for await (const page of pages) yield `${page.map(({ event }) => event).join('\n')}\n`;
    }
    const text = lines();
    // Nothing is sent before the first page is there: a lost database is told with its status.
    const first = await text.next();
    response.type('application/fhir+ndjson');
    if (first.done) return void response.end();
    response.write(first.value);
    // What breaks later breaks the connection off: a file that ends in the middle must not look whole.
    await pipeline(Readable.from(text), response);
  };
}

/** The query as a period. @throws ServiceError `bad-request` */
function checked<T>(schema: z.ZodType<T>, query: unknown): T {
  const asked = schema.safeParse(query);
  if (asked.success) return asked.data;
  const faults = asked.error.issues.map(({ path, message }) => `${path.join('.') || 'query'}: ${message}`);
  throw new ServiceError('bad-request', 'This is no period to be looked at', faults);
}
