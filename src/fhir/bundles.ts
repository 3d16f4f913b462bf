/** Searchset Bundles as lists of resources. */
import type { FhirResource } from './types.ts';

/** The resources of a Bundle, or the resource itself; OperationOutcomes inside a searchset are messages, not data. */
export function resourcesIn(resource: FhirResource): FhirResource[] {
  if (resource.resourceType !== 'Bundle') return [resource];
  const resources: FhirResource[] = [];
  // What a client calls a Bundle need not be one.
  for (const entry of Array.isArray(resource.entry) ? resource.entry : []) {
    const found = entry?.resource;
    if (found && typeof found === 'object' && found.resourceType !== 'OperationOutcome') {
      resources.push(found as FhirResource);
    }
  }
  return resources;
}
