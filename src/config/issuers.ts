/** ISSUERS_FILE: who may call, with which keys, about which FHIR servers, from which pages. */
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { fhirServerList } from './fhir-servers.ts';
import { readJsonFile } from './read-json-file.ts';

/** Public keys only: a shared secret identifies nobody (JWT-5). */
const ALGORITHMS = ['ES256', 'ES384', 'ES512', 'RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'EdDSA'] as const;

const origin = z
  .url({ protocol: /^https?$/ })
  .refine(
    (text) => URL.canParse(text) && new URL(text).origin === text,
    'is not an origin such as https://ehr.example',
  );

const issuer = z
  .strictObject({
    /** `iss` of its tokens. */
    issuer: z.string().min(1),
    /** `tenant` of its tokens; left out, its tokens must have none. */
    tenant: z.string().min(1).optional(),
    /** Where its keys are, and the only `jku` that its tokens may name. */
    jwksUrl: z.url({ protocol: /^https?$/ }).optional(),
    /** Its keys in a file; then nothing is fetched. */
    jwksFile: z.string().min(1).optional(),
    /** The host of `jwksUrl` may be on a network of our own. */
    privateNetwork: z.boolean().default(false),
    algorithms: z.array(z.enum(ALGORITHMS)).min(1).default(['ES384', 'RS384']),
    fhirServers: fhirServerList.default([]),
    /** Browser pages that may call for it. */
    origins: z.array(origin).default([]),
  })
  .refine(({ jwksUrl, jwksFile }) => jwksUrl !== undefined || jwksFile !== undefined, 'needs jwksUrl or jwksFile');

export type Issuer = z.infer<typeof issuer>;

const keyOf = ({ issuer: iss, tenant }: Issuer): string => JSON.stringify([iss, tenant]);

/** The whole file. */
export const issuerList = z
  .array(issuer)
  .min(1, 'names no issuer')
  .refine((list) => new Set(list.map(keyOf)).size === list.length, 'names an issuer and tenant twice');

/** Reads the file; files of keys stand beside it. @throws ServiceError `bad-configuration` */
export function readIssuers(path: string | undefined): Issuer[] {
  return readJsonFile('ISSUERS_FILE', path, issuerList, []).map(({ jwksFile, ...rest }) => ({
    ...rest,
    ...(jwksFile !== undefined && { jwksFile: resolve(dirname(path ?? '.'), jwksFile) }),
  }));
}
