/** Which shard and which partition a patient belongs to: the same on every machine and at every start. */
import { createHash } from 'node:crypto';

/** One of `of` runs that share the patients; `index` begins with 0, as JOB_COMPLETION_INDEX does. */
export type Shard = { index: number; of: number };

export type PatientHash = { forShard: number; forPartition: number };

export function patientHash(patientId: string): PatientHash {
  const hash = createHash('sha256').update(patientId).digest();
  return { forShard: hash.readUInt32BE(0), forPartition: hash.readUInt32BE(4) };
}

/** @returns the partition, or undefined when another shard has this patient */
export function partitionOf(hash: PatientHash, { index, of }: Shard, partitions: number): number | undefined {
  return hash.forShard % of === index ? hash.forPartition % partitions : undefined;
}
