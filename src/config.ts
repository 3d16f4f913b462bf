/** Environment and files -> Config; refuses to start on a bad value and says which. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
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
  // A closed list: what is meant as production must never run as development.
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  PUBLIC_BASE_URL: z.url({ protocol: /^https?$/ }).optional(),
  DEMONSTRATION: flag.optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  SITE_CONFIG_FILE: file,
  FHIR_SERVERS_FILE: file,
  CLIENT_TRUST: z.enum(['open']).optional(),
  DATABASE_URL: z
    .string()
    .regex(/^(postgres(ql)?:\/\/|sqlite:.|memory:$)/, 'is not postgresql://..., sqlite:<file> or memory:')
    .optional(),
  STORE_RETENTION_DAYS: whole(1, 36_500, 365),
  FHIR_BUDGET_MS: whole(1, 60_000, 350),
  BODY_LIMIT_BYTES: whole(1, 1_073_741_824, 8_388_608),
  KNOWLEDGE_DIR: file,
  SHADOW_KNOWLEDGE_DIR: file,
  SITE_TIME_ZONE: z.string().default('UTC').refine(isTimeZone, 'is not an IANA time zone'),
});

const fhirBase = z.url({ protocol: /^https?$/ }).regex(/^[^?#@]+$/, 'is not the base of a FHIR server');
const fhirServers = z.array(z.strictObject({ base: fhirBase }));

export type Config = {
  host: string;
  port: number;
  production: boolean;
  demonstration: boolean;
  publicBaseUrl: string | undefined;
  logLevel: string;
  /** Bases that may be read from, without a slash at the end. */
  fhirServers: string[];
  site: Site;
  /** `chosen` by the site, else a file of this machine. */
  database: { url: string; chosen: boolean };
  /** Issued cards and their feedback are kept this long. */
  retentionDays: number;
  fhirBudgetMs: number;
  bodyLimitBytes: number;
  /** Folder that holds `questionnaires/` and `plan-definitions/`. */
  knowledgeDir: string;
  /** The same of another version of the knowledge, which is compared and never shown. */
  shadowKnowledgeDir: string | undefined;
  zone: string;
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
  const refused = productionRefusals(production, demonstration, values.DATABASE_URL);
  if (refused.length > 0) throw new ServiceError('bad-configuration', 'The configuration is refused', refused);
  return {
    host: values.HOST,
    port: values.PORT,
    production,
    demonstration,
    publicBaseUrl: values.PUBLIC_BASE_URL,
    logLevel: values.LOG_LEVEL,
    fhirServers: readJson(values, 'FHIR_SERVERS_FILE', fhirServers, []).map(({ base }) => base.replace(/\/+$/, '')),
    site: readJson(values, 'SITE_CONFIG_FILE', site, site.parse({})),
    database: {
      url: values.DATABASE_URL ?? `sqlite:${join(packageRoot, '.data/store.sqlite')}`,
      chosen: values.DATABASE_URL !== undefined,
    },
    retentionDays: values.STORE_RETENTION_DAYS,
    fhirBudgetMs: values.FHIR_BUDGET_MS,
    bodyLimitBytes: values.BODY_LIMIT_BYTES,
    knowledgeDir: values.KNOWLEDGE_DIR ?? packageRoot,
    shadowKnowledgeDir: values.SHADOW_KNOWLEDGE_DIR,
    zone: values.SITE_TIME_ZONE,
  };
}

/** Client authentication is not built yet, so there is no way to run in production. */
function productionRefusals(production: boolean, demonstration: boolean, databaseUrl: string | undefined): string[] {
  if (!production) return [];
  const missing = ['NODE_ENV=production needs CLIENT_TRUST=jwt, which this version does not offer'];
  if (demonstration) missing.push('DEMONSTRATION=true is not allowed in production');
  if (databaseUrl === undefined || databaseUrl === 'memory:') {
    missing.push('NODE_ENV=production needs DATABASE_URL: postgresql://... or sqlite:<file>');
  }
  return missing;
}

type FileVariable = 'SITE_CONFIG_FILE' | 'FHIR_SERVERS_FILE';

function readJson<T>(
  values: Partial<Record<FileVariable, string | undefined>>,
  variable: FileVariable,
  schema: z.ZodType<T>,
  fallback: T,
): T {
  const path = values[variable];
  if (path === undefined) return fallback;
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new ServiceError('bad-configuration', `${variable} ${path} could not be read`, [String(error)]);
  }
  const parsed = schema.safeParse(content);
  if (!parsed.success) throw refusal(parsed.error, `${variable} ${path}`);
  return parsed.data;
}

function refusal(error: z.ZodError, where: string): ServiceError {
  const details = error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  return new ServiceError('bad-configuration', `The ${where} has bad values`, details);
}

function isTimeZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
}
