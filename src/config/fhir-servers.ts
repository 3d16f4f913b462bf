/** FHIR servers that may be read, as files name them. */
import { isIP } from 'node:net';
import { z } from 'zod';
import type { FhirServer } from '../cds-hooks/client.ts';

/** `https` anywhere; `http` where the configuration is not for production (checked there). */
export const fhirBase = z
  .url({ protocol: /^https?$/ })
  .regex(/^[^?#@]+$/, 'is not the base of a FHIR server')
  .transform((text) => text.replace(/\/+$/, ''));

/** A list of `{ "base": "https://…", "privateNetwork": true }`. */
export const fhirServerList = z.array(
  z
    .strictObject({ base: fhirBase, privateNetwork: z.boolean().default(false) })
    .refine(({ base: url, privateNetwork }) => privateNetwork || isIP(hostOf(url)) === 0, {
      message: 'names a network address instead of a host: say "privateNetwork": true if that is meant',
    }),
);

/** Faults of servers that production refuses. */
export const insecureServers = (servers: readonly FhirServer[]): string[] =>
  servers.filter(({ base: url }) => !url.startsWith('https:')).map(({ base: url }) => `${url}: production needs https`);

const hostOf = (url: string): string => new URL(url).hostname.replace(/^\[|\]$/g, '');
