/** The one port to an EHR's FHIR server. */
import type { FhirResource } from './types.ts';

/**
 * Reads a relative FHIR query (`Patient/1`, `Observation?patient=1`).
 * @throws when it could not be read; a failure is never "nothing found"
 */
export type ReadFhir = (query: string) => Promise<FhirResource>;
