/** Resources that a request brings, as far as they are read: well-formed, and without knowledge of their own. */
import { isWellFormed } from '../call-service/envelope.ts';
import { ServiceError } from '../errors.ts';
import type { Bundle, FhirResource, QuestionnaireResponse } from '../fhir/types.ts';
import { type Arguments, resourcesGiven } from './parameters.ts';
import { refuseContained } from './refuse-strangers.ts';

/** The responses of a parameter. @throws ServiceError `bad-request`, `refused` */
export function responsesGiven(given: Arguments, name: string): QuestionnaireResponse[] {
  const responses = resourcesGiven(given, name) as QuestionnaireResponse[];
  for (const [at, response] of responses.entries()) {
    if (!isWellFormed(response)) throw malformed(`${name}[${at}]`, 'QuestionnaireResponse');
    refuseContained(response);
  }
  return responses;
}

/** What stands in the Bundles of a parameter, or beside them. @throws ServiceError `bad-request`, `refused` */
export function chartGiven(given: Arguments, name: string): FhirResource[] {
  return resourcesGiven(given, name).flatMap((sent, at) => {
    const resources = sent.resourceType === 'Bundle' ? entriesOf(sent, `${name}[${at}]`) : [sent];
    for (const [entry, resource] of resources.entries()) {
      if (!isWellFormed(resource)) throw malformed(`${name}[${at}].entry[${entry}]`, 'resource');
      if (resource.resourceType === 'QuestionnaireResponse') refuseContained(resource);
    }
    return resources.filter(({ resourceType }) => resourceType !== 'OperationOutcome');
  });
}

function entriesOf({ entry = [] }: Bundle, place: string): FhirResource[] {
  if (!Array.isArray(entry)) throw malformed(place, 'Bundle');
  return entry.map((one, at) => {
    const resource = one?.resource;
    if (typeof resource !== 'object' || resource === null) throw malformed(`${place}.entry[${at}]`, 'resource');
    return resource as FhirResource;
  });
}

const malformed = (place: string, what: string): ServiceError =>
  new ServiceError('bad-request', 'A resource is not as FHIR says', [`${place}: is no ${what} that can be read`]);
