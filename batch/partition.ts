/** Lines of all input files -> files of whole patients on disk (partition-files.ts). */
import { isUtf8 } from 'node:buffer';
import { performance } from 'node:perf_hooks';
import type { InputFile } from './input-files.ts';
import { type InputLine, linesOf } from './input-lines.ts';
import { MEDICATION, medicationFiles } from './medications.ts';
import { partitionWriter } from './partition-files.ts';
import { partitionOf, patientHash, type Shard } from './patient-hash.ts';
import { type Line, patientOf, resourceIn } from './patient-of.ts';
import type { Tell } from './progress.ts';

export type Partitioned = {
  lines: number;
  badLines: number;
  /** Lines of a type that is read which name no patient. */
  nameless: number;
  /** Lines of types that nothing reads. */
  notRead: number;
  /** Types that were looked for in full: what is not there is "none". */
  read: string[];
};

export type PartitionOptions = {
  folder: string;
  partitions: number;
  shard: Shard;
  /** Types that the plan reads. */
  types: ReadonlySet<string>;
  /** Types that were looked for, though there may be none. */
  searched: string[];
};

/** @param tell is told of each line that could not be used, by file and number, and how far it is */
export async function partition(files: InputFile[], options: PartitionOptions, tell: Tell): Promise<Partitioned> {
  const read = new Set(options.searched);
  const broken = new Set<string>();
  const result = { lines: 0, badLines: 0, nameless: 0, notRead: 0 };
  const sorter = sorting(options);
  const progressAt = readingProgress(files, tell);
  for (const file of files) {
    const ofFile = new Set<string>();
    const badBefore = result.badLines;
    for await (const lines of linesOf(file, progressAt(file))) {
      for (const line of lines) {
        const { fate, type } = sorter.sort(line);
        result.lines += 1;
        if (type !== undefined) ofFile.add(type);
        if (fate === 'kept') continue;
        result[fate] += 1;
        if (fate !== 'notRead') tell.say(`${file.path}:${line.number}: ${wordsFor(type)}`);
      }
    }
    for (const type of ofFile) read.add(type);
    // A lost line may have been anybody's: of the types of its file nothing may be taken for "none".
    if (result.badLines > badBefore) for (const type of ofFile) broken.add(type);
  }
  sorter.end();
  // Without its Medication an order does not say what it is of.
  const isBroken = (type: string) => broken.has(type) || (broken.has(MEDICATION) && type.startsWith(MEDICATION));
  return { ...result, read: [...read].filter((type) => !isBroken(type)) };
}

type Sorted = { fate: 'kept' | 'badLines' | 'nameless' | 'notRead'; type?: string };

function sorting({ folder, partitions, shard, types }: PartitionOptions) {
  const writer = partitionWriter(folder, partitions);
  const medications = medicationFiles(folder, partitions);
  const sort = ({ bytes }: InputLine): Sorted => {
    const resource = bytes && lineIn(bytes);
    if (!bytes || !resource) return { fate: 'badLines' };
    const type = resource.resourceType;
    if (medications.keep(resource, bytes)) return { fate: 'kept', type };
    if (!types.has(type)) return { fate: 'notRead', type };
    const patientId = patientOf(resource);
    if (patientId === undefined) return { fate: 'nameless', type };
    const at = partitionOf(patientHash(patientId), shard, partitions);
    if (at !== undefined) {
      writer.add(at, patientId, bytes);
      medications.refer(resource, at, patientId);
    }
    return { fate: 'kept', type };
  };
  const end = () => {
    medications.join(writer.add);
    writer.flush();
  };
  return { sort, end };
}

/** Bytes that are no text would be read as other text. */
const lineIn = (bytes: Buffer): Line | undefined => (isUtf8(bytes) ? resourceIn(bytes.toString('utf8')) : undefined);

const wordsFor = (type: string | undefined) =>
  type === undefined ? 'is no FHIR resource' : `a ${type} names no patient`;

function readingProgress(files: InputFile[], { progress }: Tell): (file: InputFile) => (bytes: number) => void {
  const start = performance.now();
  const of = files.reduce((sum, { bytes }) => sum + bytes, 0);
  let next = 0;
  return ({ bytes: whole }) => {
    const before = next;
    next += whole;
    return (bytes) => {
      const count = before + bytes;
      progress({ what: 'read', done: count, of, count, seconds: (performance.now() - start) / 1000 });
    };
  };
}
