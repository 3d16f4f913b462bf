/** `docker-compose.yml`: what it starts, that it is closed to the outside, and that its parts fit together. */
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { fhirServerList } from '../../src/config/fhir-servers.ts';
import { site } from '../../src/config/site.ts';
import { readConfig } from '../../src/config.ts';
import { readYaml } from './yaml-files.ts';

type ComposeService = {
  image: string;
  build?: string;
  profiles?: string[];
  ports?: string[];
  read_only?: boolean;
  cap_drop?: string[];
  healthcheck?: { test: string[] };
  depends_on?: Record<string, { condition: string }>;
  volumes?: string[];
  environment: Record<string, string>;
};

const { services, volumes } = readYaml('docker-compose.yml')[0] as {
  services: Record<string, ComposeService>;
  volumes: Record<string, unknown>;
};
const named = Object.entries(services);

/** `${NAME:-default}` as Compose fills it where NAME is not set. */
const filled = (text: string) => text.replace(/\$\{\w+:-([^}]*)\}/g, '$1');

test('the service, its database, Medplum with its database and Redis, and a demonstration that is asked for', () => {
  expect(Object.keys(services).sort()).toEqual(
    ['cds', 'cds-database', 'demonstration', 'medplum', 'medplum-database', 'medplum-redis'].sort(),
  );
  expect(named.filter(([, { profiles }]) => profiles).map(([name]) => name)).toEqual(['demonstration']);
});

test.each(named)('%s is open to this machine only', (_name, { ports = [] }) => {
  expect(ports.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([]);
});

test.each(named)('what %s waits for is there and can say that it is healthy', (_name, { depends_on = {} }) => {
  for (const [other, { condition }] of Object.entries(depends_on)) {
    expect(condition).toBe('service_healthy');
    expect(services[other]?.healthcheck?.test.length).toBeGreaterThan(1);
  }
});

test.each(named)('the volumes of %s are declared, its files are in the repository', (_name, service) => {
  for (const volume of service.volumes ?? []) {
    const [from = ''] = volume.split(':');
    expect(from.startsWith('./') ? existsSync(from) : from in volumes).toBe(true);
  }
});

test.each(named.filter(([, { build }]) => build))('%s writes nowhere and has no capabilities', (_name, service) => {
  expect(service.read_only).toBe(true);
  expect(service.cap_drop).toEqual(['ALL']);
  expect(existsSync('Dockerfile')).toBe(true);
});

test.each(['cds', 'demonstration'])('the service would start with the environment of %s', (name) => {
  const { environment } = services[name] as ComposeService;
  const env = Object.fromEntries(Object.entries(environment).map(([key, text]) => [key, filled(text)]));
  const config = readConfig({ ...env, ...inRepository(env) }, '.');
  expect(config.demonstration).toBe(name === 'demonstration');
  expect(config.database.chosen).toBe(true);
});

/** `/config` of the container is `deploy/compose` here. */
const inRepository = (env: Record<string, string>) =>
  Object.fromEntries(
    Object.entries(env)
      .filter(([, text]) => text.startsWith('/config/'))
      .map(([key, text]) => [key, text.replace('/config/', 'deploy/compose/')]),
  );

test('the health record that the service may read is the one that is started', () => {
  const servers = fhirServerList.parse(JSON.parse(readFileSync('deploy/compose/fhir-servers.json', 'utf8')));
  expect(servers).toEqual([{ base: 'http://medplum:8103/fhir/R4', privateNetwork: true }]);
  expect(services.medplum?.environment.MEDPLUM_BASE_URL).toBe('http://medplum:8103/');
  site.parse(JSON.parse(readFileSync('deploy/compose/site.json', 'utf8')));
});

test('Medplum uses the database and the Redis that are started, with their passwords', () => {
  const { environment } = services.medplum as ComposeService;
  const database = services[environment.MEDPLUM_DATABASE_HOST ?? ''];
  expect(database?.environment.POSTGRES_PASSWORD).toBe(environment.MEDPLUM_DATABASE_PASSWORD);
  expect(database?.environment.POSTGRES_USER).toBe(environment.MEDPLUM_DATABASE_USERNAME);
  expect(database?.environment.POSTGRES_DB).toBe(environment.MEDPLUM_DATABASE_DBNAME);
  const redis = services[environment.MEDPLUM_REDIS_HOST ?? ''];
  expect(redis?.environment.REDISCLI_AUTH).toBe(environment.MEDPLUM_REDIS_PASSWORD);
});

test('the service reaches its own database with its own password', () => {
  const url = new URL(filled(services.cds?.environment.DATABASE_URL ?? ''));
  const database = services[url.hostname];
  expect(filled(database?.environment.POSTGRES_PASSWORD ?? '')).toBe(url.password);
  expect(database?.environment.POSTGRES_DB).toBe(url.pathname.slice(1));
});
