/** The patient of the `curl` example. */
const EXAMPLE_PATIENT = 'emergency-numbness';

/**
 * What a person sees who has just started the demonstration.
 *
 * @param base - address of the service, without a slash at the end
 * @param service - id of the service that the example calls
 * @param trust - who may call: an example without a token is of use only where everybody may
 */
export function welcome(base: string, service: string, trust: 'open' | 'jwt'): string {
  const example = {
    hook: 'patient-view',
    hookInstance: '3f1c1c5e-6f0a-4a52-9a3e-0d8f9f1f7c11',
    fhirServer: `${base}/fhir`,
    context: { userId: 'Practitioner/demo', patientId: EXAMPLE_PATIENT },
  };
  const isOpen = trust === 'open';
  const trying = [
    '  Try:',
    `  curl -s ${base}/cds-services/${service} -H 'content-type: application/json' -d '${JSON.stringify(example)}'`,
  ];
  return [
    '',
    `  Page          ${base}/`,
    `  CDS services  ${base}/cds-services`,
    `  FHIR          ${base}/fhir`,
    `  SMART launch  ${base}/smart/fhir`,
    '  Synthetic patients, open to everybody: for demonstration and development only.',
    isOpen
      ? '  CDS clients are not authenticated (CLIENT_TRUST=open).'
      : '  CDS clients are authenticated (CLIENT_TRUST=jwt); the page signs its calls with a key of its own.',
    '',
    ...(isOpen ? trying : []),
    '',
    '',
  ].join('\n');
}
