/** What a thread gives back. */
import type { FhirResource } from '../fhir/types.ts';

export type InlineAnswer = { resource: FhirResource } | { message: string; details: string[] };
