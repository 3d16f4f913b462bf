/** One partition: its patients one after the other, a line each, and what is counted of them. */
import type { FhirResource } from '../src/fhir/types.ts';
import { assessPatient, type PatientBatch } from './assess-patient.ts';
import { readPartition } from './partition-files.ts';
import { writeResult } from './results.ts';
import { count, noCounts } from './summary.ts';

/** @returns how many patients it has */
export async function assessPartition(batch: PatientBatch, folder: string, partition: number): Promise<number> {
  const counts = noCounts();
  const lines: Buffer[] = [];
  for (const [id, texts] of readPartition(folder, partition)) {
    // Only this patient's resources are objects at a time.
    const chart = texts.map((text) => JSON.parse(text.toString('utf8')) as FhirResource);
    const line = await assessPatient(batch, id, chart);
    count(counts, line);
    lines.push(Buffer.from(`${JSON.stringify(line)}\n`));
  }
  writeResult(folder, partition, counts, Buffer.concat(lines));
  return counts.patients;
}
