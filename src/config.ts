/** Environment and files -> Config; refuses to start on a bad value and says which. */
import { z } from 'zod';
import { readJsonFile, refusal } from './config/read-json-file.ts';
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
  FHIR_BUDGET_MS: whole(1, 60_000, 350),
  BODY_LIMIT_BYTES: whole(1, 1_073_741_824, 8_388_608),
  KNOWLEDGE_DIR: file,
  SITE_TIME_ZONE: z.string().default('UTC').refine(isTimeZone, 'is not an IANA time zone'),
});

const fhirBase = z.url({ protocol: /^https?$/ }).regex(/^[^?#@]+$/, 'is not the base of a FHIR server');
const fhirServers = z.array(z.strictObject({ base: fhirBase }));
const site = z.strictObject({ formUrl: z.url({ protocol: /^https?$/ }).optional() });

export type Config = {
  host: string;
  port: number;
  production: boolean;
  demonstration: boolean;
  publicBaseUrl: string | undefined;
  logLevel: string;
  /** Bases that may be read from, without a slash at the end. */
  fhirServers: string[];
  formUrl: string | undefined;
  fhirBudgetMs: number;
  bodyLimitBytes: number;
  /** Folder that holds `questionnaires/` and `plan-definitions/`. */
  knowledgeDir: string;
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
  const refused = productionRefusals(production, demonstration);
  if (refused.length > 0) throw new ServiceError('bad-configuration', 'The configuration is refused', refused);
  return {
    host: values.HOST,
    port: values.PORT,
    production,
    demonstration,
    publicBaseUrl: values.PUBLIC_BASE_URL,
    logLevel: values.LOG_LEVEL,
    fhirServers: readJsonFile('FHIR_SERVERS_FILE', values.FHIR_SERVERS_FILE, fhirServers, []).map(({ base }) =>
      base.replace(/\/+$/, ''),
    ),
    formUrl: readJsonFile('SITE_CONFIG_FILE', values.SITE_CONFIG_FILE, site, {}).formUrl,
    fhirBudgetMs: values.FHIR_BUDGET_MS,
    bodyLimitBytes: values.BODY_LIMIT_BYTES,
    knowledgeDir: values.KNOWLEDGE_DIR ?? packageRoot,
    zone: values.SITE_TIME_ZONE,
  };
}

/** Client authentication is not built yet, so there is no way to run in production. */
function productionRefusals(production: boolean, demonstration: boolean): string[] {
  if (!production) return [];
  const missing = ['NODE_ENV=production needs CLIENT_TRUST=jwt, which this version does not offer'];
  return demonstration ? [...missing, 'DEMONSTRATION=true is not allowed in production'] : missing;
}

function isTimeZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
}
