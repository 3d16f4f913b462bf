import { isResource, validateResource } from '@medplum/core';
import type { Resource } from '@medplum/fhirtypes';
import type { Request } from 'express';
import { FhirProblem } from './problems.ts';
import { readSearchQuery } from './search-query.ts';
import { isServedType, type ServedType } from './served-types.ts';

/** Absolute URL under which the client reached this server. */
export function baseUrlOf(req: Request): string {
  return `${req.protocol}://${req.get('host')}${req.baseUrl}`;
}

/** The resource type in the path. */
export function typeOf(req: Request): ServedType {
  const type = String(req.params.type);
  if (!isServedType(type)) throw new FhirProblem(404, 'not-supported', 'This resource type is not served here');
  return type;
}

/** `Type/id` in the path. */
export function instanceOf(req: Request): string {
  return `${typeOf(req)}/${encodeURIComponent(String(req.params.id))}`;
}

/** The search in the URL and, by POST, in the form body. */
export function searchOf(req: Request): URLSearchParams {
  const asked = new URL(req.originalUrl, 'http://localhost').searchParams;
  for (const [name, value] of Object.entries(req.body ?? {})) {
    for (const one of [value].flat()) asked.append(name, String(one));
  }
  return readSearchQuery(typeOf(req), asked, req.get('prefer')?.includes('handling=strict') ?? false);
}

/**
 * The resource in the body.
 *
 * @throws FhirProblem when there is none, OperationOutcomeError when it is not valid R4.
 */
export function resourceOf(req: Request): Resource {
  const type = typeOf(req);
  const body: unknown = req.body;
  if (body === undefined) throw new FhirProblem(415, 'not-supported', 'Send the resource as application/fhir+json');
  if (!isResource(body, type)) throw new FhirProblem(400, 'structure', `The body is no ${type}`);
  validateResource(body);
  return body;
}

/** The same resource as a new one: a client does not choose the id or version of what it creates. */
export function newResourceOf(req: Request): Resource {
  const { id: _id, meta, ...resource } = resourceOf(req);
  const { versionId: _version, lastUpdated: _updated, ...keptMeta } = meta ?? {};
  return { ...resource, meta: keptMeta } as Resource;
}

/** The preconditions of a write (`If-Match`, `If-None-Exist`) as the router reads them. */
export function conditionsOf(req: Request): Record<string, string> {
  const match = req.get('if-match');
  const noneExist = req.get('if-none-exist');
  return {
    ...(match && { 'if-match': match }),
    ...(noneExist && { 'if-none-exist': String(readSearchQuery(typeOf(req), new URLSearchParams(noneExist), true)) }),
  };
}
