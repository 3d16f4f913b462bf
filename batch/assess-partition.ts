/** One partition: its patients, one line each, and what is counted of them. It is there whole, or it is not there. */
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { FhirResource } from '../src/fhir/types.ts';
import { assessPatient, type PatientBatch } from './assess-patient.ts';
import { partitionFile } from './partition.ts';
import { patientOf, resourceIn } from './patient-of.ts';
import { type Counts, count, noCounts } from './summary.ts';

export const linesFile = (folder: string, partition: number) => join(folder, `${partition}.lines`);
const countsFile = (folder: string, partition: number) => join(folder, `${partition}.done`);

/** A partition is done when its counts are there: they are written after its lines. */
export const isDone = (folder: string, partition: number) => existsSync(countsFile(folder, partition));

/** @returns how many patients it has */
export async function assessPartition(batch: PatientBatch, folder: string, partition: number): Promise<number> {
  const counts = noCounts();
  const lines: string[] = [];
  for (const [id, chart] of patientsIn(partitionFile(folder, partition))) {
    const line = await assessPatient(batch, id, chart);
    count(counts, line);
    lines.push(`${JSON.stringify(line)}\n`);
  }
  writeWhole(linesFile(folder, partition), lines.join(''));
  writeWhole(countsFile(folder, partition), JSON.stringify(counts));
  return counts.patients;
}

export const countsOf = (folder: string, partition: number): Counts =>
  JSON.parse(readFileSync(countsFile(folder, partition), 'utf8')) as Counts;

/** Ordered by id: the output does not depend on the order of the input. */
function patientsIn(path: string): [string, FhirResource[]][] {
  const patients = new Map<string, FhirResource[]>();
  for (const text of existsSync(path) ? readFileSync(path, 'utf8').split('\n') : []) {
    const resource = text === '' ? undefined : resourceIn(text);
    const id = resource && patientOf(resource);
    if (!resource || id === undefined) continue;
    const chart = patients.get(id);
    if (chart) chart.push(resource as FhirResource);
    else patients.set(id, [resource as FhirResource]);
  }
  return [...patients].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** A file of this name is whole, also after a crash. */
export function writeWhole(path: string, text: string): void {
  const draft = `${path}.draft`;
  rmSync(draft, { force: true });
  const file = openSync(draft, 'w');
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
  fsyncSync(file);
  closeSync(file);
  renameSync(draft, path);
}
