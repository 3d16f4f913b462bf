// SMART App Launch 2.2, "Conformance": https://hl7.org/fhir/smart-app-launch/conformance.html

/** Types that a token may open. */
export const SCOPE = /^patient\/[A-Z][A-Za-z]+\.(?:read|write|r|s|rs|c|cr|crs)$/;

/** `/.well-known/smart-configuration`. @param base of the authorization server */
export const smartConfiguration = (base: string) => ({
  issuer: `${base}/fhir`,
  authorization_endpoint: `${base}/authorize`,
  token_endpoint: `${base}/token`,
  revocation_endpoint: `${base}/revoke`,
  grant_types_supported: ['authorization_code'],
  response_types_supported: ['code'],
  token_endpoint_auth_methods_supported: ['none'],
  code_challenge_methods_supported: ['S256'],
  scopes_supported: [
    'launch',
    'launch/patient',
    'patient/*.rs',
    'patient/QuestionnaireResponse.c',
    'patient/Observation.c',
  ],
  capabilities: [
    'launch-ehr',
    'launch-standalone',
    'client-public',
    'context-ehr-patient',
    'context-standalone-patient',
    'permission-patient',
    'permission-v1',
    'permission-v2',
  ],
});
