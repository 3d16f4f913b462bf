/** `/cds-services`: discovery and calls (CDS Hooks 2.0.1). */
import { type Request, type RequestHandler, type Response, Router } from 'express';
import type { CdsResponse } from '../cds-hooks/card.ts';
import type { Client } from '../cds-hooks/client.ts';
import type { Feedback } from '../cds-hooks/feedback.ts';
import { type HookRequest, hookRequest, missingContext } from '../cds-hooks/hook-request.ts';
import type { Service } from '../cds-hooks/service.ts';
import { ServiceError } from '../errors.ts';
import { identified, reported } from './access-log.ts';
import { usedData } from './audit.ts';
import { clientOf } from './authenticate.ts';
import { takeFeedback } from './feedback.ts';
import { tenantOf } from './tenant.ts';
import { traceIdOf, traceparentOf } from './trace.ts';

/** What a call is part of, where its client says so. */
export type Trace = { id: string | undefined; parent: string | undefined };

/** What is sent, and what is kept and logged of it once it is on its way: nobody waits for that. It does not throw. */
export type CallAnswer = { response: CdsResponse; afterwards: () => void };

/** A service that can be called. */
export type CallableService = {
  services: Service[];
  call: (request: HookRequest, client: Client, tenant: string, trace: Trace) => Promise<CallAnswer>;
};

/** Routes of the service API; `topics` by service id. `guards` read and admit a body, in this order. */
export function cdsServices(
  topics: ReadonlyMap<string, CallableService>,
  feedback: Feedback,
  guards: RequestHandler[],
): Router {
  const router = Router();
  const discovery = { services: [...topics.values()].flatMap(({ services }) => services) };
  router.get('/', (_request, response) => {
    response.json(discovery);
  });
  router.post('/:id', guards, async (request: Request, response: Response) => {
    const topic = topics.get(String(request.params.id));
    if (!topic) throw new ServiceError('unknown-service', 'There is no service of this id');
    const hookCall = parseRequest(request.body, topic.services);
    // A connection holds its last request until the next one comes: a chart must not stay in memory for that long.
    request.body = undefined;
    identified(response, hookCall.hookInstance);
    const { patientId, userId } = hookCall.context;
    const service = topic.services[0]?.id ?? '';
    usedData(response, { patientId, user: userId, requestId: hookCall.hookInstance, service });
    const trace = { id: traceIdOf(response), parent: traceparentOf(response) };
    const { response: answer, afterwards } = await topic.call(hookCall, clientOf(response), tenantOf(response), trace);
    reported(response);
    // As `response.json`, without looking through the text again for what no answer to a POST needs.
    response.setHeader('content-type', 'application/json; charset=utf-8');
    response.end(JSON.stringify(answer));
    // In the same turn of the event loop, which answers many calls and would hold all their charts until its end.
    afterwards();
  });
  router.post(
    '/:id/feedback',
    guards,
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

/** unknown -> HookRequest. @throws ServiceError `bad-request` naming each fault */
function parseRequest(body: unknown, services: Service[]): HookRequest {
  const parsed = hookRequest.safeParse(body);
  if (!parsed.success) {
    const details = parsed.error.issues.map(({ path, message }) => `${nameOf(path, services)}: ${message}`);
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

/** Where a fault is, in names of ours: a key that a client made up may hold anything, so it is not sent back. */
function nameOf([first, second, ...rest]: PropertyKey[], services: Service[]): string {
  if (first === undefined) return 'body';
  const known = first !== 'prefetch' || services.some(({ prefetch }) => Object.hasOwn(prefetch, String(second)));
  return [first, ...(second === undefined ? [] : [known ? second : '*']), ...(known ? rest : [])].join('.');
}
