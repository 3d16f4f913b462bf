// FHIR R4 RESTful API, https://hl7.org/fhir/R4/http.html: the part of it that a demonstration needs.
import { created } from '@medplum/core';
import {
  type FhirResponse,
  FhirRouter,
  type HttpMethod,
  MemoryRepository,
  makeSimpleRequest,
} from '@medplum/fhir-router';
import type { Bundle, Resource } from '@medplum/fhirtypes';
import express, { type Request, type Response, type Router } from 'express';
import { capabilityStatement } from './fhir/capability-statement.ts';
import { indexDefinitions } from './fhir/definitions.ts';
import { FhirProblem } from './fhir/problems.ts';
import { baseUrlOf, conditionsOf, instanceOf, newResourceOf, resourceOf, searchOf, typeOf } from './fhir/requests.ts';
import { answerWith, answerWithProblem, JSON_TYPES, onlyJson, send } from './fhir/responses.ts';
import { completeSearchset } from './fhir/searchset.ts';

/** What a demonstration server starts with. */
export interface DemonstrationFhirServerOptions {
  /** Resources with their ids; they are copied. */
  readonly resources: readonly Resource[];
  /** When the server starts: the date of its CapabilityStatement. */
  readonly now: Date;
}

/**
 * An in-memory FHIR R4 server as an express router, to be mounted under a path of its own. Not for production: it keeps
 * no history, knows no transactions and lets everybody in.
 */
export async function createDemonstrationFhirServer(options: DemonstrationFhirServerOptions): Promise<Router> {
  indexDefinitions();
  const fhir = new FhirRouter();
  const repository = new MemoryRepository();
  for (const resource of options.resources) await repository.createResource(resource);

  function ask(method: HttpMethod, path: string, req?: Request, body?: Resource): Promise<FhirResponse> {
    return fhir.handleRequest(
      { ...makeSimpleRequest(method, path, body), ...(req && { headers: conditionsOf(req) }) },
      repository,
    );
  }

  async function search(req: Request, res: Response): Promise<void> {
    const query = searchOf(req);
    const typeUrl = `${baseUrlOf(req)}/${typeOf(req)}`;
    const [outcome, found] = await ask('GET', `${typeOf(req)}?${query}`);
    answerWith(res, found ? [outcome, completeSearchset(found as Bundle, typeUrl, query)] : [outcome], typeUrl);
  }

  async function update(req: Request, res: Response): Promise<void> {
    const resource = resourceOf(req);
    const [, known] = await ask('GET', instanceOf(req));
    const [outcome, updated] = await ask('PUT', instanceOf(req), req, resource);
    const typeUrl = `${baseUrlOf(req)}/${typeOf(req)}`;
    answerWith(res, updated ? [known ? outcome : created, updated] : [outcome], typeUrl);
  }

  async function relay(req: Request, res: Response, method: HttpMethod, path: string, body?: Resource): Promise<void> {
    answerWith(res, await ask(method, path, req, body), `${baseUrlOf(req)}/${typeOf(req)}`);
  }

  const json = express.json({ type: JSON_TYPES, limit: '2mb' });
  const form = express.urlencoded({ extended: false });
  const router = express.Router();
  router.use(onlyJson);
  router.get('/metadata', (req, res) => send(res, 200, capabilityStatement(baseUrlOf(req), options.now)));
  router.get('/:type', search);
  router.post('/:type/_search', form, search);
  router.post('/:type', json, (req, res) => relay(req, res, 'POST', typeOf(req), newResourceOf(req)));
  router.get('/:type/:id', (req, res) => relay(req, res, 'GET', instanceOf(req)));
  router.put('/:type/:id', json, update);
  router.delete('/:type/:id', (req, res) => relay(req, res, 'DELETE', instanceOf(req)));
  router.use((req) => {
    throw new FhirProblem(404, 'not-supported', `${req.method} is not offered at this path`);
  });
  router.use(answerWithProblem);
  return router;
}
