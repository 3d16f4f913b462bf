/** `deploy/kubernetes-batch`: valid by the API's own schema, and its command is one that the batch takes. */
import { expect, test } from '@jest/globals';
import { Job } from 'kubernetes-models/batch/v1/Job';
import { optionsOf } from '../../batch/options.ts';
import { readManifests } from './yaml-files.ts';

const [manifest] = readManifests('deploy/kubernetes-batch');
const job = new Job(manifest as never);
const container = job.spec?.template.spec?.containers?.[0];

/** The command line of one pod, as Kubernetes fills it. */
function optionsAt(index: number) {
  const filled = (container?.args ?? []).map((arg) => arg.replaceAll('$(JOB_COMPLETION_INDEX)', String(index)));
  const env = Object.fromEntries((container?.env ?? []).map(({ name, value }) => [name, value]));
  return optionsOf([...(container?.command ?? []).slice(2), ...filled], { NODE_ENV: 'production', ...env });
}

test('the Job is valid and indexed', () => {
  job.validate();
  expect(job.spec?.completionMode).toBe('Indexed');
});

test('the pods share the patients: as many shards as pods, an output for each, one moment', () => {
  const pods = Array.from({ length: job.spec?.completions ?? 0 }, (_, index) => optionsAt(index));
  expect(pods.map(({ shard }) => shard)).toEqual([0, 1, 2, 3].map((index) => ({ index, of: 4 })));
  expect(new Set(pods.map(({ output }) => output)).size).toBe(4);
  expect(new Set(pods.map(({ at }) => at))).toEqual(new Set([Date.parse('2026-03-01T00:00:00Z')]));
});

test('a pod writes where a volume is, for its file system is read-only', () => {
  const mounts = container?.volumeMounts ?? [];
  const writable = mounts.filter(({ readOnly }) => !readOnly).map(({ mountPath }) => mountPath);
  expect(writable.some((path) => optionsAt(0).output.startsWith(`${path}/`))).toBe(true);
  expect(mounts.map(({ mountPath }) => mountPath)).toEqual(expect.arrayContaining(optionsAt(0).inputs));
});
