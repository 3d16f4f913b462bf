/** Whose a resource is. */
import { typeAndId } from '../src/fhir/references.ts';
import type { Reference } from '../src/fhir/types.ts';

/** A line of Bulk Data, before anything is known of it. */
export type Line = {
  resourceType: string;
  id?: unknown;
  subject?: unknown;
  patient?: unknown;
  medicationReference?: unknown;
};

/** @returns undefined when the text is no resource */
export function resourceIn(text: string): Line | undefined {
  try {
    const found = JSON.parse(text) as Line | null;
    return typeof found === 'object' && typeof found?.resourceType === 'string' ? found : undefined;
  } catch {
    return undefined;
  }
}

/** The id of the Patient; undefined when the resource names none. */
export function patientOf({ resourceType, id, subject, patient }: Line): string | undefined {
  if (resourceType === 'Patient') return typeof id === 'string' && id !== '' ? id : undefined;
  const reference = (subject ?? patient) as Reference | null | undefined;
  if (typeof reference?.reference !== 'string') return undefined;
  const named = typeAndId(reference);
  return named?.startsWith('Patient/') ? named.slice('Patient/'.length) : undefined;
}
