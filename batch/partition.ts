/** Lines of all input files -> files of whole patients on disk (partition-files.ts). */
import { isUtf8 } from 'node:buffer';
import type { InputFile } from './input-files.ts';
import { linesOf } from './input-lines.ts';
import { partitionWriter } from './partition-files.ts';
import { partitionOf, patientHash, type Shard } from './patient-hash.ts';
import { type Line, patientOf, resourceIn } from './patient-of.ts';

/** @property read types that were looked for in full: what is not there is "none" */
export type Partitioned = { lines: number; badLines: number; nameless: number; read: string[] };

export type PartitionOptions = { folder: string; partitions: number; shard: Shard; searched: string[] };

/**
 * @param say is told of each line that could not be used, by file and number
 */
export async function partition(
  files: InputFile[],
  { folder, partitions, shard, searched }: PartitionOptions,
  say: (line: string) => void,
): Promise<Partitioned> {
  const writer = partitionWriter(folder, partitions);
  const types = new Set(searched);
  const broken = new Set<string>();
  const result = { lines: 0, badLines: 0, nameless: 0 };
  for (const file of files) {
    const ofFile = new Set<string>();
    const before = result.badLines;
    for await (const lines of linesOf(file)) {
      for (const { number, bytes } of lines) {
        result.lines += 1;
        const resource = bytes && lineIn(bytes);
        const patientId = resource && patientOf(resource);
        if (resource) ofFile.add(resource.resourceType);
        if (bytes && patientId !== undefined) {
          const at = partitionOf(patientHash(patientId), shard, partitions);
          if (at !== undefined) writer.add(at, patientId, bytes);
          continue;
        }
        if (resource) result.nameless += 1;
        else result.badLines += 1;
        say(`${file.path}:${number}: ${resource ? `a ${typeName(resource)} names no patient` : 'is no FHIR resource'}`);
      }
    }
    for (const type of ofFile) types.add(type);
    // A lost line may have been anybody's: of the types of its file nothing may be taken for "none".
    if (result.badLines > before) for (const type of ofFile) broken.add(type);
  }
  writer.flush();
  return { ...result, read: [...types].filter((type) => !broken.has(type)) };
}

/** Bytes that are no text would be read as other text. */
const lineIn = (bytes: Buffer): Line | undefined => (isUtf8(bytes) ? resourceIn(bytes.toString('utf8')) : undefined);

/** What a line calls its type may be anything. */
const typeName = ({ resourceType }: Line) => (/^[A-Za-z]{1,64}$/.test(resourceType) ? resourceType : 'resource');
