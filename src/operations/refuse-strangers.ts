/** What no request may bring: expressions of its own, and addresses that would have to be called (bar S1, I3). */
import { ServiceError } from '../errors.ts';
import type { FhirResource } from '../fhir/types.ts';
import type { Argument } from './parameters.ts';

/** Resources whose expressions would be evaluated. */
const WITH_EXPRESSIONS = new Set(['PlanDefinition', 'ActivityDefinition', 'Questionnaire', 'Library', 'StructureMap']);

/** @throws ServiceError `refused` */
export function refuseStrangers({ name, resource }: Argument): void {
  if (resource && WITH_EXPRESSIONS.has(resource.resourceType)) throw ownExpressions(resource.resourceType);
  if (resource?.resourceType === 'Endpoint' || /endpoint|configuration$/i.test(name) || name === 'useServerData') {
    throw new ServiceError('refused', 'No other server is called for an operation: send the data with it');
  }
}

/** A resource that is read may not carry knowledge inside. @throws ServiceError `refused` */
export function refuseContained(resource: FhirResource): void {
  const contained = 'contained' in resource && Array.isArray(resource.contained) ? resource.contained : [];
  for (const held of contained) {
    if (held && WITH_EXPRESSIONS.has(held.resourceType)) throw ownExpressions(held.resourceType);
  }
}

const ownExpressions = (type: string): ServiceError =>
  new ServiceError('refused', `A ${type} that comes with a request is not evaluated: name one that is served here`);
