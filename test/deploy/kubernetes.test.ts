/** `deploy/kubernetes`: valid by the API's own schemas, and its parts fit together. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { Deployment } from 'kubernetes-models/apps/v1/Deployment';
import { HorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2/HorizontalPodAutoscaler';
import { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicy';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1/PodDisruptionBudget';
import { ConfigMap } from 'kubernetes-models/v1/ConfigMap';
import { Namespace } from 'kubernetes-models/v1/Namespace';
import { Secret } from 'kubernetes-models/v1/Secret';
import { Service } from 'kubernetes-models/v1/Service';
import { ServiceAccount } from 'kubernetes-models/v1/ServiceAccount';
import { parseAllDocuments } from 'yaml';
import { issuerList } from '../../src/config/issuers.ts';
import { site } from '../../src/config/site.ts';
import { readConfig } from '../../src/config.ts';
import { whenFound } from '../harness/when-found.ts';
import { type Manifest, readManifests } from './yaml-files.ts';

const FOLDER = 'deploy/kubernetes';
type EnvVar = { name: string; value?: string; valueFrom?: { secretKeyRef?: { name?: string; key: string } } };

const MODELS = {
  ConfigMap,
  Deployment,
  HorizontalPodAutoscaler,
  Namespace,
  NetworkPolicy,
  PodDisruptionBudget,
  Secret,
  Service,
  ServiceAccount,
};

/** @throws Error naming what the schema of the API refuses */
function validate(manifest: Manifest): void {
  const Model = MODELS[manifest.kind as keyof typeof MODELS];
  if (!Model) throw new Error(`no schema for ${manifest.kind}`);
  // The constructors want their own kind; what is not of it is what validate() is asked about.
  new Model(manifest as never).validate();
}

const kubectlFound = existsSync('/usr/bin/kubectl') || existsSync('/usr/local/bin/kubectl');

test('a Deployment whose port is a word is refused by these schemas', () => {
  const wrong = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'x' }, spec: { ports: [{ port: 'http' }] } };
  expect(() => validate(wrong)).toThrow();
});

test('the example of the Secret is valid and is not applied with the rest', () => {
  const [secret] = readManifests(FOLDER).filter(({ kind }) => kind === 'Secret');
  validate(secret as Manifest);
  expect(readFileSync(`${FOLDER}/kustomization.yaml`, 'utf8')).not.toContain('secret');
});

test('the example files are read by the service, and name no phone that could be dialled by mistake', () => {
  const services = site.parse(JSON.parse(readFileSync(`${FOLDER}/config/site.json`, 'utf8'))).services;
  expect(services).toEqual({});
  issuerList.parse(JSON.parse(readFileSync(`${FOLDER}/config/issuers.json`, 'utf8')));
});

whenFound('kubectl', kubectlFound, () => {
  const rendered = kubectlFound
    ? parseAllDocuments(execFileSync('kubectl', ['kustomize', FOLDER], { encoding: 'utf8' })).map(
        (document) => document.toJS() as Manifest,
      )
    : [];
  const of = <T>(kind: string) => rendered.filter((one) => one.kind === kind) as unknown as T[];
  const [deployment] = of<ReturnType<Deployment['toJSON']>>('Deployment');
  const pod = deployment?.spec?.template?.spec;
  const container = pod?.containers?.[0];

  test.each(rendered.map((one) => [`${one.kind} ${one.metadata.name}`, one] as const))('%s is valid', (_name, one) => {
    validate(one);
  });

  test('every kind that a hospital needs is there once', () => {
    expect(rendered.map(({ kind }) => kind).sort()).toEqual(
      [...Object.keys(MODELS).filter((kind) => kind !== 'Secret'), 'ConfigMap'].sort(),
    );
  });

  test('Service, budget and policy select the pods of the Deployment, and the autoscaler names it', () => {
    const labels = deployment?.spec?.template?.metadata?.labels;
    expect(labels).toBeDefined();
    expect(of<{ spec: { selector: unknown } }>('Service')[0]?.spec.selector).toEqual(labels);
    for (const [kind, member] of [
      ['PodDisruptionBudget', 'selector'],
      ['NetworkPolicy', 'podSelector'],
    ] as const) {
      const spec = of<{ spec: Record<string, { matchLabels?: unknown }> }>(kind)[0]?.spec;
      expect(spec?.[member]?.matchLabels).toEqual(labels);
    }
    const [scaler] = of<{ spec: { scaleTargetRef: { name: string } } }>('HorizontalPodAutoscaler');
    expect(scaler?.spec.scaleTargetRef.name).toBe(deployment?.metadata?.name);
  });

  test('the pods run as nobody special, on a file system that cannot be written, and are asked how they are', () => {
    expect(pod?.securityContext?.runAsNonRoot).toBe(true);
    expect(container?.securityContext?.readOnlyRootFilesystem).toBe(true);
    expect(container?.securityContext?.allowPrivilegeEscalation).toBe(false);
    expect(container?.resources?.limits?.memory).toBeDefined();
    expect(container?.livenessProbe?.httpGet?.path).toBe('/livez');
    expect(container?.readinessProbe?.httpGet?.path).toBe('/readyz');
    // Five seconds of preStop and ten of draining fit into it.
    expect(pod?.terminationGracePeriodSeconds).toBeGreaterThanOrEqual(16);
  });

  test('the ConfigMaps and the Secret that the pods name are those that are made', () => {
    const maps = rendered.filter(({ kind }) => kind === 'ConfigMap').map(({ metadata }) => metadata.name);
    const wanted = [pod?.volumes?.[0]?.configMap?.name, container?.envFrom?.[0]?.configMapRef?.name];
    expect(wanted.sort()).toEqual(maps.sort());
    const [secret] = readManifests(FOLDER).filter(({ kind }) => kind === 'Secret');
    const reference = container?.env?.find((one: EnvVar) => one.valueFrom)?.valueFrom?.secretKeyRef;
    expect(reference?.name).toBe(secret?.metadata.name);
    expect(Object.keys(secret?.stringData as object)).toContain(reference?.key);
  });

  describe('production', () => {
    test('starts with what the pods are given', () => {
      const [settings] = of<{ data: Record<string, string> }>('ConfigMap').filter(({ data }) => data.PUBLIC_BASE_URL);
      const own = Object.fromEntries((container?.env ?? []).map(({ name, value }: EnvVar) => [name, value]));
      const config = readConfig(
        {
          ...settings?.data,
          ...own,
          // What a pod takes from the secret.
          DATABASE_URL: 'postgresql://cds@database/cds',
          FINGERPRINT_KEY: 'k'.repeat(32),
          SITE_CONFIG_FILE: `${FOLDER}/config/site.json`,
          ISSUERS_FILE: `${FOLDER}/config/issuers.json`,
        },
        '.',
      );
      expect(config.production).toBe(true);
      expect(config.clientTrust).toBe('jwt');
    });
  });
});
