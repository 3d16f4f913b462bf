/** `/admin`: what the site asks of its own service (ADR 0025). */
import { type RequestHandler, Router } from 'express';
import { type CountFeedback, feedbackPeriod } from '../cds-hooks/feedback-counts.ts';
import { ServiceError } from '../errors.ts';
import { feedbackCsv } from './feedback-csv.ts';
import { sameOrigin } from './same-origin.ts';

export type AdminParts = { guards: RequestHandler[]; countFeedback: CountFeedback; clock: () => number };

/** Routes, behind `guards`. */
export function admin({ guards, countFeedback, clock }: AdminParts): Router {
  const router = Router();
  router.use(sameOrigin, guards);
  router.get('/feedback', async (request, response) => {
    const asked = feedbackPeriod(clock()).safeParse(request.query);
    if (!asked.success) {
      const faults = asked.error.issues.map(({ path, message }) => `${path.join('.') || 'query'}: ${message}`);
      throw new ServiceError('bad-request', 'This is no period to be counted', faults);
    }
    const rows = await countFeedback(asked.data);
    const isCsv = (asked.data.format ?? request.accepts('json', 'csv')) === 'csv';
    response.vary('accept');
    if (!isCsv) return void response.json({ rows });
    response.attachment('feedback.csv').type('text/csv').send(feedbackCsv(rows));
  });
  return router;
}
