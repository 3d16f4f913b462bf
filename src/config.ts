/** Environment and files -> Config; refuses to start on a bad value and says which. */
import { join } from 'node:path';
import { z } from 'zod';
import type { FhirServer } from './cds-hooks/client.ts';
import { fhirBase, fhirServerList } from './config/fhir-servers.ts';
import { type Issuer, readIssuers } from './config/issuers.ts';
import { readJsonFile, refusal } from './config/read-json-file.ts';
import { insecureAddresses, refusedSettings } from './config/requirements.ts';
import { type Site, site } from './config/site.ts';
import { ServiceError } from './errors.ts';

const flag = z.enum(['true', 'false']).transform((text) => text === 'true');
const file = z.string().min(1).optional();
const whole = (min: number, max: number, fallback: number) =>
  z
    .string()
    .regex(/^\d+$/, 'is not a whole number')
    .transform(Number)
    .pipe(z.number().min(min).max(max))
    .default(fallback);

const environment = z.object({
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: whole(0, 65_535, 3000),
  WORKERS: whole(1, 128, 1),
  // A closed list: what is meant as production must never run as development.
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  PUBLIC_BASE_URL: z.url({ protocol: /^https?$/ }).optional(),
  DEMONSTRATION: flag.optional(),
  ALLOW_INLINE_KNOWLEDGE: flag.default(false),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  SITE_CONFIG_FILE: file,
  FHIR_SERVERS_FILE: file,
  CLIENT_TRUST: z.enum(['open', 'jwt']).optional(),
  ISSUERS_FILE: file,
  RATE_LIMIT_PER_SECOND: whole(1, 1_000_000, 1_000),
  FORM_RATE_LIMIT_PER_SECOND: whole(1, 1_000_000, 50),
  MAX_CONCURRENT_CALLS: whole(1, 100_000, 200),
  OVERLOAD_LAG_MS: whole(50, 60_000, 1_000),
  DATABASE_URL: z
    .string()
    .regex(/^(postgres(ql)?:\/\/|sqlite:.|memory:$)/, 'is not postgresql://..., sqlite:<file> or memory:')
    .optional(),
  FINGERPRINT_KEY: z.string().min(32, 'is shorter than 32 characters').optional(),
  ADMIN_TOKEN: z
    .string()
    .regex(/^[\w\-.~+/=]{32,}$/, 'is not 32 or more of A-Z a-z 0-9 - . _ ~ + / =')
    .optional(),
  STORE_RETENTION_DAYS: whole(1, 36_500, 365),
  AUDIT: flag.optional(),
  AUDIT_RETENTION_DAYS: whole(1, 36_500, 365),
  AUDIT_FHIR_SERVER: fhirBase.optional(),
  AUDIT_FHIR_TOKEN: z.string().min(1).optional(),
  FHIR_BUDGET_MS: whole(1, 60_000, 350),
  BODY_LIMIT_BYTES: whole(1, 1_073_741_824, 8_388_608),
  KNOWLEDGE_DIR: file,
  SHADOW_KNOWLEDGE_DIR: file,
  // A standard name; the collector's base, without /v1/traces.
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .url({ protocol: /^https?$/ })
    .transform((text) => text.replace(/\/+$/, ''))
    .optional(),
  SITE_TIME_ZONE: z.string().default('UTC').refine(isTimeZone, 'is not an IANA time zone'),
});

/** Every variable that is read. */
export const CONFIG_NAMES: readonly string[] = Object.keys(environment.shape);

export type Config = {
  host: string;
  port: number;
  /** Processes that serve on the same port. */
  workers: number;
  production: boolean;
  demonstration: boolean;
  /** Requests may bring a PlanDefinition of their own. */
  allowInlineKnowledge: boolean;
  publicBaseUrl: string | undefined;
  logLevel: string;
  /** How clients are known; `open` means not at all. */
  clientTrust: 'open' | 'jwt';
  /** Who may call when clients are known by JWT. */
  issuers: Issuer[];
  /** Servers that every client may name; an issuer's own are its own. */
  fhirServers: FhirServer[];
  /** Calls of one client, when clients are known. */
  rateLimitPerSecond: number;
  /** Calls of all pages of the form together. */
  formRateLimitPerSecond: number;
  maxConcurrentCalls: number;
  /** A turn of the event loop that takes longer refuses what is still waiting in it. */
  overloadLagMs: number;
  site: Site;
  /** `chosen` by the site, else a file of this machine. */
  database: { url: string; chosen: boolean };
  /** What fingerprints of findings are made with; left to the store when the site says none. */
  fingerprintKey: string | undefined;
  /** Opens `/admin`. */
  adminToken: string | undefined;
  /** Issued cards and their feedback are kept this long. */
  retentionDays: number;
  /** An AuditEvent is kept of each call that used a patient's data. */
  audit: boolean;
  auditRetentionDays: number;
  /** A FHIR server that AuditEvents are handed on to, and the bearer token for it. */
  auditFhirServer: string | undefined;
  auditFhirToken: string | undefined;
  fhirBudgetMs: number;
  bodyLimitBytes: number;
  /** Folder that holds `questionnaires/` and `plan-definitions/`. */
  knowledgeDir: string;
  /** The same of another version of the knowledge, which is compared and never shown. */
  shadowKnowledgeDir: string | undefined;
  zone: string;
  /** Who collects spans. */
  traceCollector: string | undefined;
};

/**
 * Reads the configuration.
 * @param packageRoot where the knowledge stands unless KNOWLEDGE_DIR says otherwise
 * @throws ServiceError `bad-configuration` naming every bad value
 */
export function readConfig(env: Record<string, string | undefined>, packageRoot: string): Config {
  const parsed = environment.safeParse(env);
  if (!parsed.success) throw refusal(parsed.error, 'environment');
  const values = parsed.data;
  const production = values.NODE_ENV === 'production';
  const demonstration = values.DEMONSTRATION ?? !production;
  const clientTrust = values.CLIENT_TRUST ?? (production ? 'jwt' : 'open');
  refuse(refusedSettings({ production, demonstration, clientTrust, values }));
  const fhirServers = readJsonFile('FHIR_SERVERS_FILE', values.FHIR_SERVERS_FILE, fhirServerList, []);
  const issuers = clientTrust === 'jwt' ? readIssuers(values.ISSUERS_FILE) : [];
  refuse(insecureAddresses(production, fhirServers, issuers));
  return {
    host: values.HOST,
    port: values.PORT,
    workers: values.WORKERS,
    production,
    demonstration,
    allowInlineKnowledge: values.ALLOW_INLINE_KNOWLEDGE,
    publicBaseUrl: values.PUBLIC_BASE_URL?.replace(/\/+$/, ''),
    logLevel: values.LOG_LEVEL,
    clientTrust,
    issuers,
    fhirServers,
    rateLimitPerSecond: values.RATE_LIMIT_PER_SECOND,
    formRateLimitPerSecond: values.FORM_RATE_LIMIT_PER_SECOND,
    maxConcurrentCalls: values.MAX_CONCURRENT_CALLS,
    overloadLagMs: values.OVERLOAD_LAG_MS,
    site: readJsonFile('SITE_CONFIG_FILE', values.SITE_CONFIG_FILE, site, site.parse({})),
    database: {
      url: values.DATABASE_URL ?? `sqlite:${join(packageRoot, '.data/store.sqlite')}`,
      chosen: values.DATABASE_URL !== undefined,
    },
    fingerprintKey: values.FINGERPRINT_KEY,
    adminToken: values.ADMIN_TOKEN,
    retentionDays: values.STORE_RETENTION_DAYS,
    audit: values.AUDIT ?? (production || values.AUDIT_FHIR_SERVER !== undefined),
    auditRetentionDays: values.AUDIT_RETENTION_DAYS,
    auditFhirServer: values.AUDIT_FHIR_SERVER,
    auditFhirToken: values.AUDIT_FHIR_TOKEN,
    fhirBudgetMs: values.FHIR_BUDGET_MS,
    bodyLimitBytes: values.BODY_LIMIT_BYTES,
    knowledgeDir: values.KNOWLEDGE_DIR ?? packageRoot,
    shadowKnowledgeDir: values.SHADOW_KNOWLEDGE_DIR,
    zone: values.SITE_TIME_ZONE,
    traceCollector: values.OTEL_EXPORTER_OTLP_ENDPOINT,
  };
}

function refuse(faults: string[]): void {
  if (faults.length > 0) throw new ServiceError('bad-configuration', 'The configuration is refused', faults);
}

function isTimeZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
}
