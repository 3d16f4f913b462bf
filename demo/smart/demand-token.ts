// SMART App Launch 2.2, "Access FHIR API": one patient, and of that patient what the scopes say.
import type { RequestHandler } from 'express';
import { FhirProblem } from '../fhir/problems.ts';
import type { Access, Grants } from './grants.ts';

/** Lets requests through whose bearer token covers them. Wants the body parsed. */
export function demandToken(grants: Grants): RequestHandler {
  return (request, response, next) => {
    if (request.method === 'GET' && request.path === '/metadata') return next();
    const token = /^Bearer (\S+)$/.exec(request.get('authorization') ?? '')?.[1];
    const access = token === undefined ? undefined : grants.access(token);
    if (!access) {
      response.set('www-authenticate', token === undefined ? 'Bearer' : 'Bearer error="invalid_token"');
      throw new FhirProblem(401, 'login', 'A bearer token is needed, and this is none that counts');
    }
    const [, type = '', id] = request.path.split('/');
    const isWrite = request.method === 'POST' && id === undefined;
    if (!isWrite && request.method !== 'GET') throw new FhirProblem(403, 'forbidden', 'No scope covers this');
    if (!covers(access, type, isWrite)) throw new FhirProblem(403, 'forbidden', 'The scopes do not cover this');
    const isOwn = isWrite ? isAbout(request.body, access) : isReadOf(type, id, request.query, access);
    if (!isOwn) throw new FhirProblem(403, 'forbidden', 'The token is for one patient');
    next();
  };
}

function covers({ scope }: Access, type: string, isWrite: boolean): boolean {
  const rights = isWrite ? ['write', 'c', 'cr', 'crs'] : ['read', 'rs', 'crs'];
  return scope.split(' ').some((one) => rights.some((right) => one === `patient/${type}.${right}`));
}

const isAbout = (body: { subject?: { reference?: unknown } } | undefined, { patient }: Access): boolean =>
  body?.subject?.reference === `Patient/${patient}`;

function isReadOf(type: string, id: string | undefined, query: Record<string, unknown>, { patient }: Access): boolean {
  if (id !== undefined) return type === 'Patient' && id === patient;
  const said = type === 'Patient' ? query._id : (query.patient ?? query.subject);
  return said === patient || said === `Patient/${patient}`;
}
