/** Resources that may not be used: named with the facts that they speak of, so that nothing is silently dropped. */
import { referenceTo } from '../fhir/references.ts';
import type { FhirResource } from '../fhir/types.ts';
import type { SetAsideReason } from './fact.ts';
import { type Reading, readStatements } from './read-resource.ts';

/** Sets a resource aside. Of a status that is not accepted only what speaks of a fact could have mattered. */
export function readRefused(resource: FhirResource, reading: Reading, refusal: SetAsideReason): void {
  const { setAside } = reading.collector;
  const before = setAside.length;
  readStatements(resource, { ...reading, collector: { ...reading.collector, refusal } }, false);
  const ofOthers = refusal === 'another-patient' || refusal === 'no-patient';
  if (ofOthers && setAside.length === before) setAside.push({ reference: referenceTo(resource), reason: refusal });
}
