/** One partition: its patients one after the other, a line or two each, and what is counted of them. */
import type { FhirResource } from '../src/fhir/types.ts';
import { type Assessed, assessPatient, type PatientBatch } from './assess-patient.ts';
import { failureLine, guidanceLines } from './guidance-lines.ts';
import type { Format } from './options.ts';
import { readPartition } from './partition-files.ts';
import { writeResult } from './results.ts';
import { count, noCounts } from './summary.ts';

/** @returns how many patients it has */
export async function assessPartition(
  batch: PatientBatch,
  format: Format,
  folder: string,
  partition: number,
): Promise<number> {
  const counts = noCounts();
  const lines: Buffer[] = [];
  for (const [id, texts] of readPartition(folder, partition)) {
    // Only this patient's resources are objects at a time.
    const resources = texts.map((text) => JSON.parse(text.toString('utf8')) as FhirResource);
    const assessed = await assessPatient(batch, id, resources);
    count(counts, assessed.line);
    for (const line of linesOf(batch, format, assessed)) lines.push(Buffer.from(`${JSON.stringify(line)}\n`));
  }
  writeResult(folder, partition, counts, Buffer.concat(lines));
  return counts.patients;
}

function linesOf(batch: PatientBatch, format: Format, { line, seen }: Assessed): unknown[] {
  if (format === 'line') return [line];
  if (!seen || line.error !== undefined) return [failureLine(batch, line.patient, line.error ?? 'failed')];
  return guidanceLines(batch, seen.chart, seen.decision);
}
