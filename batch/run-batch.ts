/** A whole run: partition, assess, join. Killed at any moment, it goes on where it was when it is started again. */
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { join } from 'node:path';
import { assessInThreads } from './assess-in-threads.ts';
import { countsOf, isDone, linesFile, writeWhole } from './assess-partition.ts';
import { type InputFile, inputFiles } from './input-files.ts';
import type { BatchOptions } from './options.ts';
import { type Partitioned, partition } from './partition.ts';
import { preparePlan } from './prepare-plan.ts';
import { progressOf } from './progress.ts';
import { sum, summaryTable } from './summary.ts';

const PARTITION_BYTES = 8 * 1024 * 1024;
const MOST_PARTITIONS = 1024;
/** Threads end at the same time, and a kill costs little. */
const LEAST_FOR_A_THREAD = 16;
/** NDJSON of charts becomes a tenth. */
const GZIP_GAIN = 10;

type Begun = Partitioned & { at: number; partitions: number };
export type BatchResult = Partitioned & { patients: number; failed: number; table: string[] };

/** @throws ServiceError as the options, the input and the knowledge say */
export async function runBatch(options: BatchOptions, say: (line: string) => void): Promise<BatchResult> {
  const { prepared, fingerprint } = preparePlan(options);
  const files = inputFiles(options.inputs);
  const { shard, searched, at } = options;
  const run = createHash('sha256')
    .update(JSON.stringify([files, fingerprint, shard, searched, at ?? '']))
    .digest('hex');
  const root = `${options.output}.work`;
  const folder = join(root, run);
  const begun = await begin(options, files, root, folder, say);
  const all = Array.from({ length: begun.partitions }, (_, index) => index);
  const unread = prepared.needs.map(({ type }) => type).filter((type) => !begun.read.includes(type));
  if (unread.length > 0) say(`taken for unknown, not for none: ${unread.join(', ')} (--searched says otherwise)`);
  const left = all.filter((index) => !isDone(folder, index));
  if (left.length < all.length) say(`goes on: ${all.length - left.length} of ${all.length} partitions are done`);
  const { env, packageRoot, plan, workers } = options;
  const progress = progressOf(left.length, say);
  await assessInThreads(
    { env: { ...env }, packageRoot, plan, at: begun.at, read: begun.read, folder },
    left,
    workers,
    progress,
  );
  const total = sum(all.map((index) => countsOf(folder, index)));
  joinLines(folder, all, options.output);
  rmSync(root, { recursive: true });
  const table = summaryTable(
    total,
    prepared.topic.groups.map(({ code }) => code),
  );
  return { ...begun, patients: total.patients, failed: total.failed, table };
}

/** What was begun with the same input, knowledge and options; else from the start. */
async function begin(
  options: BatchOptions,
  files: InputFile[],
  root: string,
  folder: string,
  say: (line: string) => void,
): Promise<Begun> {
  const told = join(folder, 'partitioned');
  if (existsSync(told)) return JSON.parse(readFileSync(told, 'utf8')) as Begun;
  rmSync(root, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const bytes = files.reduce((all, file) => all + file.bytes * (file.path.endsWith('.gz') ? GZIP_GAIN : 1), 0);
  const ofShard = bytes / options.shard.of;
  const partitions = Math.min(
    MOST_PARTITIONS,
    Math.max(LEAST_FOR_A_THREAD * options.workers, Math.ceil(ofShard / PARTITION_BYTES)),
  );
  const { shard, searched } = options;
  const begun = {
    ...(await partition(files, { folder, partitions, shard, searched }, say)),
    at: options.at ?? Date.now(),
    partitions,
  };
  writeWhole(told, JSON.stringify(begun));
  return begun;
}

/** The output appears whole, under its name, at the end. */
function joinLines(folder: string, partitions: number[], output: string): void {
  const draft = `${output}.draft`;
  rmSync(draft, { force: true });
  appendFileSync(draft, '');
  for (const index of partitions) appendFileSync(draft, readFileSync(linesFile(folder, index)));
  const file = openSync(draft, 'r+');
  fsyncSync(file);
  closeSync(file);
  renameSync(draft, output);
}
