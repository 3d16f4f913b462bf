/** `/cds-services/{id}/feedback` (CDS Hooks 2.0.1, "Feedback"; conformance FBK). */
import type { RequestHandler } from 'express';
import { type Feedback, type FeedbackEntry, feedbackRequest, MOST_ENTRIES } from '../cds-hooks/feedback.ts';
import { ServiceError } from '../errors.ts';
import { tenantOf } from './tenant.ts';

/** Faults that one answer names. */
const MOST_FAULTS = 20;

/** Takes feedback for the services `isService` knows. */
export function takeFeedback(isService: (id: string) => boolean, feedback: Feedback): RequestHandler {
  return async (request, response) => {
    const service = String(request.params.id);
    if (!isService(service)) throw new ServiceError('unknown-service', 'There is no service of this id');
    const entries = parseFeedback(request.body);
    const unknown = await feedback.record({ tenant: tenantOf(response), service }, entries);
    if (unknown.size > 0) throw unknownCards(entries, unknown);
    response.json({});
  };
}

/** unknown -> entries. @throws ServiceError `too-large`, or `bad-request` naming the faults: then nothing is kept */
function parseFeedback(body: unknown): FeedbackEntry[] {
  const { feedback } = (body ?? {}) as { feedback?: unknown };
  if (Array.isArray(feedback) && feedback.length > MOST_ENTRIES) {
    throw new ServiceError('too-large', `At most ${MOST_ENTRIES} entries are taken at once`);
  }
  const parsed = feedbackRequest.safeParse(body);
  if (parsed.success) return parsed.data.feedback;
  const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`);
  throw new ServiceError('bad-request', 'This is not CDS Hooks feedback', faults.slice(0, MOST_FAULTS));
}

const UUID = /^[0-9a-f-]{36}$/;

/** Named by their place, and by their uuid where it is one: other words of a client are not repeated. */
function unknownCards(entries: FeedbackEntry[], unknown: Set<string>): ServiceError {
  const places = entries.flatMap(({ card }, index) => {
    if (!unknown.has(card)) return [];
    return [`feedback.${index}.card: ${UUID.test(card) ? `${card} is not known` : 'is no uuid'}`];
  });
  const kept = entries.length - places.length;
  return new ServiceError(
    'unknown-card',
    `This service issued no such card; ${kept} of ${entries.length} entries are kept`,
    places,
  );
}
