/** The command as it is run, and cases of the topic as one export. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { resourcesIn } from '../../src/fhir/bundles.ts';
import type { FhirResource } from '../../src/fhir/types.ts';
import { loadTopics } from '../../src/knowledge/load.ts';
import { hookRequestOf, momentOf, readCases } from '../harness/case.ts';

export const NOW = '2026-11-25T10:00:00Z';
const TYPES =
  'Patient QuestionnaireResponse Observation Condition Encounter Procedure MedicationRequest MedicationStatement List EpisodeOfCare';
export const SEARCHED = TYPES.split(' ').flatMap((type) => ['--searched', type]);
const [first] = loadTopics('.');
if (!first) throw new Error('there is no topic');
export const topic = first;

/** Cases of that moment at the chart's hook whose prefetch is whole, as patients of one export. */
export const cases = readCases(topic.id)
  .map(({ clinicalCase }) => clinicalCase)
  .filter((one) => momentOf(one) === NOW && !one.hook && !one.orders && !one.prefetch && !one.faceToFace)
  .map((one, index) => {
    const id = `p${index}`;
    const text = JSON.stringify(hookRequestOf(one, topic.questionnaires)).replaceAll('case-patient', id);
    const request = JSON.parse(text) as Record<string, unknown> & { prefetch: Record<string, FhirResource> };
    return { id, request, resources: Object.values(request.prefetch).flatMap(resourcesIn) };
  });

/** NDJSON by type. */
export function writeExport(folder: string, resources: FhirResource[]): void {
  mkdirSync(folder, { recursive: true });
  const byType = new Map<string, string[]>();
  for (const resource of resources) {
    const lines = byType.get(resource.resourceType) ?? [];
    byType.set(resource.resourceType, lines);
    lines.push(JSON.stringify(resource));
  }
  for (const [type, lines] of byType) writeFileSync(join(folder, `${type}.ndjson`), `${lines.join('\n')}\n`);
}

export function start(...options: string[]) {
  const args = ['dist/batch/main.js', 'assess', '--at', NOW, ...options];
  const child = spawn(process.execPath, args, { env: { PATH: process.env.PATH, NODE_ENV: 'production' } });
  const said = { out: '', err: '' };
  child.stdout.on('data', (data: Buffer) => {
    said.out += data.toString();
  });
  child.stderr.on('data', (data: Buffer) => {
    said.err += data.toString();
  });
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, ...said }));
  return { child, ended };
}

export type Line = { patient: string; level?: string; error?: string; cards: Record<string, unknown>[] };

export const linesIn = <T = Line>(path: string): T[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T);
