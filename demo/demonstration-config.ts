import type { Config } from '../src/config.ts';
import type { RegisteredApp } from './smart/authorize.ts';

const FORM_CLIENT = 'form';

/** The form, as the demonstration's authorization server knows it. @param base as for the configuration */
export const registeredForm = (config: Config, base: string): RegisteredApp => ({
  clientId: FORM_CLIENT,
  redirectUris: namesOf(config, base).map((one) => `${one}/form/`),
});

/** The names by which a browser may know the service: this machine has two. */
function namesOf({ publicBaseUrl }: Config, base: string): string[] {
  if (publicBaseUrl !== undefined) return [publicBaseUrl];
  return [...new Set([base, base.replace('//127.0.0.1:', '//localhost:')])];
}

/**
 * What the demonstration adds to the configuration: its FHIR server may be read, its page may call, cards link to the
 * form, and the form may be launched from its authorization server.
 *
 * @param base - where the service listens, without a slash at the end
 */
export function withDemonstration(config: Config, base: string): Config {
  const known = config.publicBaseUrl ?? base;
  // Where the service reaches itself, and how a page names it.
  const fhirServers = [...new Set([base, known])].map((one) => ({ base: `${one}/fhir`, privateNetwork: true }));
  const ehr: Config['issuers'][number] = {
    issuer: `${known}/ehr/`,
    jwksUrl: `${base}/ehr-key/jwks.json`,
    privateNetwork: true,
    algorithms: ['ES384'],
    fhirServers,
    origins: [],
  };
  const smartApps = namesOf(config, base).map((one) => ({
    iss: `${one}/smart/fhir`,
    clientId: FORM_CLIENT,
    origins: [],
  }));
  return {
    ...config,
    fhirServers: [...config.fhirServers, ...fhirServers],
    issuers: config.clientTrust === 'jwt' ? [...config.issuers, ehr] : config.issuers,
    site: {
      ...config.site,
      formUrl: config.site.formUrl ?? `${known}/form/`,
      smartApps: [...config.site.smartApps, ...smartApps],
    },
  };
}
