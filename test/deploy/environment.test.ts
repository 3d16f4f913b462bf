/** Deployment files and the service agree on every environment variable, both ways. */
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { CONFIG_NAMES } from '../../src/config.ts';
import { readYaml } from './yaml-files.ts';

type Compose = { services: Record<string, { environment?: Record<string, string> }> };
type Deployment = { spec: { template: { spec: { containers: { env: { name: string }[] }[] } } } };
type Kustomization = { configMapGenerator: { literals?: string[] }[] };

const compose = readYaml('docker-compose.yml')[0] as Compose;
const deployment = readYaml('deploy/kubernetes/deployment.yaml')[0] as Deployment;
const kustomization = readYaml('deploy/kubernetes/kustomization.yaml')[0] as Kustomization;

const USED: [file: string, names: string[]][] = [
  ['docker-compose.yml cds', Object.keys(compose.services.cds?.environment ?? {})],
  ['docker-compose.yml demonstration', Object.keys(compose.services.demonstration?.environment ?? {})],
  ['deployment.yaml', deployment.spec.template.spec.containers.flatMap(({ env }) => env.map(({ name }) => name))],
  [
    'kustomization.yaml',
    kustomization.configMapGenerator.flatMap(({ literals = [] }) => literals.map((line) => line.split('=')[0] ?? '')),
  ],
  ['Dockerfile', [...readFileSync('Dockerfile', 'utf8').matchAll(/^ENV (\w+)=/gm)].map(([, name]) => name ?? '')],
];

test.each(USED)('%s sets only variables that the service reads', (_file, names) => {
  expect(names.length).toBeGreaterThan(0);
  expect(names.filter((name) => !CONFIG_NAMES.includes(name))).toEqual([]);
});

test('every variable that the service reads is told to operators', () => {
  const text = readFileSync('docs/operations.md', 'utf8');
  const told = new Set([...text.matchAll(/`([A-Z][A-Z_]+)[`=]/g)].map(([, name]) => name));
  expect(CONFIG_NAMES.filter((name) => !told.has(name))).toEqual([]);
});

test('every variable that the service reads is set or named by the manifests', () => {
  const files = ['deployment.yaml', 'kustomization.yaml'].map((name) =>
    readFileSync(`deploy/kubernetes/${name}`, 'utf8'),
  );
  const named = new Set(files.join('\n').match(/\b[A-Z][A-Z_]+\b/g));
  expect(CONFIG_NAMES.filter((name) => !named.has(name))).toEqual([]);
});

test('what production cannot start without is set by the manifests', () => {
  const set = new Set(
    USED.filter(([file]) => /deployment|kustomization|Docker/.test(file)).flatMap(([, names]) => names),
  );
  const files = ['SITE_CONFIG_FILE', 'ISSUERS_FILE'];
  const wanted = ['NODE_ENV', 'PUBLIC_BASE_URL', 'CLIENT_TRUST', 'DATABASE_URL', 'FINGERPRINT_KEY', ...files];
  expect(wanted.filter((name) => !set.has(name))).toEqual([]);
});
