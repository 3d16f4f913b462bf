/** The one port to an EHR's FHIR server. */
import type { FhirResource } from './types.ts';

/**
 * Reads a relative FHIR query (`Patient/1`, `Observation?patient=1`). A Bundle that still names a next page is not all
 * that there is.
 * @throws when it could not be read; a failure is never "nothing found"
 */
export type ReadFhir = (query: string) => Promise<FhirResource>;
