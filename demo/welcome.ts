/** The patient of the `curl` example. */
const EXAMPLE_PATIENT = 'emergency-numbness';

/**
 * What a person sees who has just started the demonstration.
 *
 * @param base - address of the service, without a slash at the end
 * @param service - id of the service that the example calls
 */
export function welcome(base: string, service: string): string {
  const example = {
    hook: 'patient-view',
    hookInstance: '3f1c1c5e-6f0a-4a52-9a3e-0d8f9f1f7c11',
    fhirServer: `${base}/fhir`,
    context: { userId: 'Practitioner/demo', patientId: EXAMPLE_PATIENT },
  };
  return [
    '',
    `  Page          ${base}/`,
    `  CDS services  ${base}/cds-services`,
    `  FHIR          ${base}/fhir`,
    '  Synthetic patients. Clients are not authenticated: for demonstration and development only.',
    '',
    '  Try:',
    `  curl -s ${base}/cds-services/${service} -H 'content-type: application/json' -d '${JSON.stringify(example)}'`,
    '',
    '',
  ].join('\n');
}
