/** `/fhir-api`: the FHIR side over HTTP (FHIR R4, RESTful API). */
import { type Request, type RequestHandler, type Response, Router } from 'express';
import type { FhirApi } from '../operations/fhir-api.ts';
import { sendOutcome } from './errors.ts';

/** Failures are FHIR too: the type is set before anything can fail. */
const asFhir: RequestHandler = (_request, response, next) => {
  response.type('application/fhir+json');
  next();
};

/**
 * Routes of the FHIR side. `guards` read and admit a body, in this order.
 * @param publicBaseUrl where the service is known; else the address that the client called
 */
export function fhirApi(api: FhirApi, guards: RequestHandler[], publicBaseUrl: string | undefined): Router {
  const router = Router();
  const urlOf = ({ baseUrl, protocol, host }: Request) =>
    `${publicBaseUrl?.replace(/\/+$/, '') ?? `${protocol}://${host}`}${baseUrl}`;
  router.get('/metadata', (request, response) => {
    response.json(api.metadata(urlOf(request)));
  });
  router.get('/:type{/:id}/\\$:code', (request, response) => {
    const { type, id, code } = request.params;
    response.json(api.operate({ type, id, code }, queryOf(request)));
  });
  router.post('/:type{/:id}/\\$:code', guards, async (request: Request, response: Response) => {
    const { type, id, code } = request.params as { type: string; id?: string; code: string };
    const address = { type, id, code };
    const apart = api.operateInline(address, request.body);
    response.json(apart ? await apart : api.operate(address, request.body));
  });
  router.get('/:type', (request, response) => {
    response.json(api.search(request.params.type, queryOf(request), urlOf(request)));
  });
  router.get('/:type/:id', (request, response) => {
    response.json(api.read(request.params.type, request.params.id, queryOf(request).get('lang') ?? undefined));
  });
  router.use((_request, response) => {
    const text = 'Only read, search and the operations of /metadata are offered';
    sendOutcome(response.set('allow', 'GET, POST'), 405, 'not-supported', [text]);
  });
  return Router().use(asFhir, router);
}

function queryOf({ originalUrl }: Request): URLSearchParams {
  const at = originalUrl.indexOf('?');
  return new URLSearchParams(at < 0 ? '' : originalUrl.slice(at + 1));
}
