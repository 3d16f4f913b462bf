/** `/fhir-api`: the FHIR side over HTTP (FHIR R4, RESTful API). */
import { type Request, type RequestHandler, type Response, Router } from 'express';
import { ServiceError } from '../errors.ts';
import { patientOf } from '../fhir/patient-of.ts';
import type { FhirApi } from '../operations/fhir-api.ts';
import { usedData } from './audit.ts';
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
    const patientId = patientOf(request.body);
    if (patientId !== undefined) usedData(response, { patientId, service: `${type}/$${code}` });
    const apart = api.operateInline(address, request.body);
    response.json(apart ? await apart : api.operate(address, request.body));
  });
  router.get('/:type', (request, response) => {
    const lenient = /handling\s*=\s*"?lenient/i.test(request.get('prefer') ?? '');
    const asked = { query: queryOf(request), base: urlOf(request), lang: languageOf(request, response), lenient };
    response.json(api.search(request.params.type, asked));
  });
  router.get('/:type/:id', (request, response) => {
    const lang = queryOf(request).get('lang') ?? languageOf(request, response);
    response.json(api.read(request.params.type, request.params.id, lang));
  });
  router.use((_request, response) => {
    const text = 'Only read, search and the operations of /metadata are offered';
    sendOutcome(response.set('allow', 'GET, POST'), 405, 'not-supported', [text]);
  });
  return Router().use(asFhir, router);

  /** What is said depends on the header, and caches are to know it. */
  function languageOf(request: Request, response: Response): string | undefined {
    response.vary('Accept-Language');
    return request.acceptsLanguages(api.languages) || undefined;
  }
}

const JSON_FORMATS: readonly string[] = ['json', 'application/json', 'application/fhir+json', 'application/fhir json'];

/** The query without `_format`, which says what is said anyway. @throws ServiceError `bad-request` for another format */
function queryOf({ originalUrl }: Request): URLSearchParams {
  const at = originalUrl.indexOf('?');
  const query = new URLSearchParams(at < 0 ? '' : originalUrl.slice(at + 1));
  const format = query.get('_format');
  if (format !== null && !JSON_FORMATS.includes(format)) {
    throw new ServiceError('bad-request', '_format: only JSON is spoken here');
  }
  query.delete('_format');
  return query;
}
