/** The configuration as it is logged at the start: what is in force, without what nobody may read. */
import type { Config } from '../config.ts';

const HIDDEN = '(set)';

/** Settings as they are in force. Of files it says what was found in them by name; of secrets, that they are set. */
export function shownConfig({ site, issuers, fhirServers, database, ...config }: Config): Record<string, unknown> {
  return {
    ...Object.fromEntries(
      Object.entries(config).map(([name, value]) => [name, isSecret(name) && value ? HIDDEN : value]),
    ),
    database: withoutSecrets(database.url),
    issuers: issuers.map(({ issuer, tenant }) => (tenant === undefined ? issuer : `${issuer} (${tenant})`)),
    fhirServers: fhirServers.map(({ base }) => base),
    site: { settings: Object.keys(site), incompletePolicy: site.incompletePolicy, rulesOff: site.rulesOff },
  };
}

/** By its name, so that a setting that is new is not forgotten here. */
const isSecret = (name: string): boolean => /token|key|secret|password|credential/i.test(name);

/** An address of a database holds its password, in the user part or among the parameters. */
function withoutSecrets(url: string): string {
  if (!url.startsWith('postgres')) return url;
  try {
    const { protocol, host, pathname } = new URL(url);
    return `${protocol}//${HIDDEN}@${host}${pathname}`;
  } catch {
    return HIDDEN;
  }
}
