import type { Config } from '../src/config.ts';

/**
 * What the demonstration adds to the configuration: its FHIR server may be read, its page may call, and cards link to the
 * form.
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
  return {
    ...config,
    fhirServers: [...config.fhirServers, ...fhirServers],
    issuers: config.clientTrust === 'jwt' ? [...config.issuers, ehr] : config.issuers,
    site: { ...config.site, formUrl: config.site.formUrl ?? `${known}/form/` },
  };
}
