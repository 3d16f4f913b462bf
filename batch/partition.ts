/** Lines of all input files -> files of whole patients on disk. Memory is that of the buffers, whatever the input. */
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { type InputFile, linesOf } from './input-files.ts';
import { partitionOf, type Shard } from './patient-hash.ts';
import { patientOf, resourceIn } from './patient-of.ts';

const BUFFERS_BYTES = 32 * 1024 * 1024;

/** @property read types that were looked for in full: what is not there is "none" */
export type Partitioned = { lines: number; badLines: number; nameless: number; read: string[] };

export const partitionFile = (folder: string, partition: number) => join(folder, `${partition}.in`);

/**
 * @param say is told of each line that could not be used, by file and number
 * @param searched types that were looked for, though there may be none
 */
export async function partition(
  files: InputFile[],
  { folder, partitions, shard, searched }: { folder: string; partitions: number; shard: Shard; searched: string[] },
  say: (line: string) => void,
): Promise<Partitioned> {
  const write = bufferedWriter(folder, partitions);
  const types = new Set(searched);
  const broken = new Set<string>();
  const result = { lines: 0, badLines: 0, nameless: 0 };
  for (const file of files) {
    const ofFile = new Set<string>();
    const before = result.badLines;
    for await (const { number, text } of linesOf(file)) {
      result.lines += 1;
      const resource = resourceIn(text);
      const patientId = resource && patientOf(resource);
      if (!resource) result.badLines += 1;
      else ofFile.add(resource.resourceType);
      if (resource && patientId === undefined) result.nameless += 1;
      if (!resource || patientId === undefined) {
        say(
          `${file.path}:${number}: ${resource ? `a ${typeName(resource.resourceType)} names no patient` : 'is no FHIR resource'}`,
        );
        continue;
      }
      const at = partitionOf(patientId, shard, partitions);
      if (at !== undefined) write.line(at, text);
    }
    for (const type of ofFile) types.add(type);
    // A lost line may have been anybody's: of the types of its file nothing may be taken for "none".
    if (result.badLines > before) for (const type of ofFile) broken.add(type);
  }
  write.flush();
  return { ...result, read: [...types].filter((type) => !broken.has(type)) };
}

/** What a line calls its type may be anything. */
const typeName = (text: string) => (/^[A-Za-z]{1,64}$/.test(text) ? text : 'resource');

/** Files are opened for each write: there may be more of them than a process may hold open. */
function bufferedWriter(folder: string, partitions: number) {
  const limit = Math.max(4096, Math.floor(BUFFERS_BYTES / partitions));
  const waiting = Array.from({ length: partitions }, () => ({ lines: [] as string[], length: 0 }));
  const empty = (at: number) => {
    const buffer = waiting[at];
    if (!buffer || buffer.length === 0) return;
    appendFileSync(partitionFile(folder, at), `${buffer.lines.join('\n')}\n`);
    buffer.lines = [];
    buffer.length = 0;
  };
  return {
    line: (at: number, text: string) => {
      const buffer = waiting[at];
      if (!buffer) return;
      buffer.lines.push(text);
      buffer.length += text.length;
      if (buffer.length >= limit) empty(at);
    },
    flush: () => {
      for (const at of waiting.keys()) empty(at);
    },
  };
}
