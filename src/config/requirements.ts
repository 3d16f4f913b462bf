/** What must go together, and what production demands (docs/operations.md "Settings"). */
import type { FhirServer } from '../cds-hooks/client.ts';
import { insecureServers } from './fhir-servers.ts';
import type { Issuer } from './issuers.ts';

const REQUIRED = ['PUBLIC_BASE_URL', 'SITE_CONFIG_FILE', 'ISSUERS_FILE', 'DATABASE_URL', 'FINGERPRINT_KEY'] as const;

type Variable =
  | (typeof REQUIRED)[number]
  | 'FHIR_SERVERS_FILE'
  | 'AUDIT'
  | 'AUDIT_FHIR_SERVER'
  | 'AUDIT_FHIR_TOKEN'
  | 'WORKERS';

type Settings = {
  production: boolean;
  demonstration: boolean;
  clientTrust: 'open' | 'jwt';
  values: Partial<Record<Variable, string | boolean | number | undefined>>;
};

/** Everything that is missing or not allowed, one line each. */
export function refusedSettings({ production, demonstration, clientTrust, values }: Settings): string[] {
  const refused: string[] = [];
  const check = (bad: boolean, text: string): void => void (bad && refused.push(text));
  if (production) {
    for (const name of REQUIRED) check(values[name] === undefined, `${name} is missing: production needs it`);
    check(values.DATABASE_URL === 'memory:', 'DATABASE_URL=memory: is not allowed in production');
    check(clientTrust === 'open', 'CLIENT_TRUST=open is not allowed in production: CLIENT_TRUST=jwt');
    check(demonstration, 'DEMONSTRATION=true is not allowed in production');
    const isHttps = (name: Variable) => /^https:/.test(String(values[name] ?? 'https:'));
    check(!isHttps('PUBLIC_BASE_URL'), 'PUBLIC_BASE_URL must be https in production');
    check(!isHttps('AUDIT_FHIR_SERVER'), 'AUDIT_FHIR_SERVER must be https in production');
  } else if (clientTrust === 'jwt') {
    check(values.PUBLIC_BASE_URL === undefined, 'PUBLIC_BASE_URL is missing: CLIENT_TRUST=jwt needs it for aud');
    check(values.ISSUERS_FILE === undefined, 'ISSUERS_FILE is missing: CLIENT_TRUST=jwt needs it');
  }
  check(
    clientTrust === 'jwt' && values.FHIR_SERVERS_FILE !== undefined,
    'FHIR_SERVERS_FILE is for CLIENT_TRUST=open: name the servers of each issuer in ISSUERS_FILE',
  );
  const { AUDIT, AUDIT_FHIR_SERVER, AUDIT_FHIR_TOKEN } = values;
  check(AUDIT === false && AUDIT_FHIR_SERVER !== undefined, 'AUDIT_FHIR_SERVER gets nothing while AUDIT=false');
  check(AUDIT_FHIR_TOKEN !== undefined && AUDIT_FHIR_SERVER === undefined, 'AUDIT_FHIR_TOKEN is for AUDIT_FHIR_SERVER');
  if (Number(values.WORKERS) > 1) {
    check(demonstration, 'WORKERS above 1 needs DEMONSTRATION=false: the demonstration lives in one process');
    check(values.DATABASE_URL === 'memory:', 'WORKERS above 1 needs a DATABASE_URL that all share, not memory:');
  }
  return refused;
}

/** Addresses that are not fit for production. */
export function insecureAddresses(production: boolean, servers: readonly FhirServer[], issuers: Issuer[]): string[] {
  if (!production) return [];
  const keys = issuers.flatMap(({ jwksUrl }) =>
    jwksUrl?.startsWith('http:') ? [`${jwksUrl}: production needs https`] : [],
  );
  return [...insecureServers([...servers, ...issuers.flatMap(({ fhirServers }) => fhirServers)]), ...keys];
}
