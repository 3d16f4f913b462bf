/** `/cds-services`: discovery and calls (CDS Hooks 2.0.1). */
import express, { type Request, Router } from 'express';
import type { CdsResponse } from '../cds-hooks/card.ts';
import type { Feedback } from '../cds-hooks/feedback.ts';
import { type HookRequest, hookRequest, missingContext } from '../cds-hooks/hook-request.ts';
import type { Service } from '../cds-hooks/service.ts';
import { ServiceError } from '../errors.ts';
import { takeFeedback } from './feedback.ts';
import { tenantOf } from './tenant.ts';

/** A service that can be called. */
export type CallableService = {
  services: Service[];
  call: (request: HookRequest, tenant: string) => Promise<CdsResponse>;
};

/** Routes of the service API; `topics` by service id. */
export function cdsServices(
  topics: ReadonlyMap<string, CallableService>,
  feedback: Feedback,
  bodyLimitBytes: number,
): Router {
  const router = Router();
  const discovery = { services: [...topics.values()].flatMap(({ services }) => services) };
  router.get('/', (_request, response) => {
    response.json(discovery);
  });
  const readBody = express.json({ limit: bodyLimitBytes, type: 'application/json', strict: true });
  router.post('/:id', onlyJson, readBody, async (request, response) => {
    const topic = topics.get(String(request.params.id));
    if (!topic) throw new ServiceError('unknown-service', 'There is no service of this id');
    response.json(await topic.call(parseRequest(request.body, topic.services), tenantOf(response)));
  });
  router.post(
    '/:id/feedback',
    onlyJson,
    readBody,
    takeFeedback((id) => topics.has(id), feedback),
  );
  router.all(['/:id', '/:id/feedback'], (_request, response) => {
    response
      .set('allow', 'POST')
      .status(405)
      .json({
        resourceType: 'OperationOutcome',
        issue: [{ severity: 'error', code: 'not-supported', diagnostics: 'This address is called by POST' }],
      });
  });
  return router;
}

function onlyJson(request: Request, _response: unknown, next: (error?: unknown) => void): void {
  const refused = request.is('application/json') ? undefined : { type: 'content-type' };
  next(refused);
}

/** unknown -> HookRequest. @throws ServiceError `bad-request` naming each fault */
function parseRequest(body: unknown, services: Service[]): HookRequest {
  const parsed = hookRequest.safeParse(body);
  if (!parsed.success) {
    const details = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`);
    throw new ServiceError('bad-request', 'The request is not a CDS Hooks request', details);
  }
  const { hook } = parsed.data;
  if (!services.some((service) => service.hook === hook)) {
    throw new ServiceError('bad-request', 'This service is not published for this hook');
  }
  const missing = missingContext(parsed.data);
  if (missing.length > 0) {
    const details = missing.map((field) => `context.${field}: is required by this hook`);
    throw new ServiceError('bad-request', 'The context lacks what this hook requires', details);
  }
  return parsed.data;
}
