/** Which shard and which partition a patient belongs to: the same on every machine and at every start. */
import { createHash } from 'node:crypto';

/** One of `of` runs that share the patients; `index` begins with 0, as JOB_COMPLETION_INDEX does. */
export type Shard = { index: number; of: number };

/** @returns the partition, or undefined when another shard has this patient */
export function partitionOf(patientId: string, { index, of }: Shard, partitions: number): number | undefined {
  const hash = createHash('sha256').update(patientId).digest();
  if (hash.readUInt32BE(0) % of !== index) return undefined;
  return hash.readUInt32BE(4) % partitions;
}
