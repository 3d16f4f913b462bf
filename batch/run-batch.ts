/** A whole run: partition, assess, join. Killed at any moment, it goes on where it was when it is started again. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { type InputFile, inputFiles } from './input-files.ts';
import { levelChart } from './level-chart.ts';
import type { BatchOptions } from './options.ts';
import { joinResults, writeWhole } from './output.ts';
import { type Partitioned, partition } from './partition.ts';
import { preparePlan } from './prepare-plan.ts';
import type { Tell } from './progress.ts';
import { readResult } from './results.ts';
import { type Counts, summaryTable } from './summary.ts';
import { startThreads, type Threads } from './threads.ts';

/** A thread holds one partition: memory is the same whatever the input, up to 4 GiB of it. */
const PARTITION_BYTES = 1 << 20;
const MOST_PARTITIONS = 4096;
/** Threads end at the same time, and a kill costs little. */
const LEAST_FOR_A_THREAD = 16;
/** NDJSON of charts becomes a tenth. */
const GZIP_GAIN = 10;

type Begun = Partitioned & { at: number; partitions: number };
export type BatchResult = Partitioned & {
  counts: Counts;
  table: string[];
  /** Of this run: what it did not have to do again is not in them. */
  partitioningMs: number;
  assessingMs: number;
  assessed: number;
};

/** @throws ServiceError as the options, the input and the knowledge say */
export async function runBatch(options: BatchOptions, tell: Tell): Promise<BatchResult> {
  const { prepared, fingerprint } = preparePlan(options);
  const files = inputFiles(options.inputs);
  const { env, packageRoot, plan, shard, searched, at, workers, output, format } = options;
  const run = createHash('sha256')
    .update(JSON.stringify([files, fingerprint, shard, searched, at ?? '', format]))
    .digest('hex');
  const root = `${output}.work`;
  const folder = join(root, run);
  const types = new Set(prepared.needs.map(({ type }) => type));
  const threads = startThreads({ env: { ...env }, packageRoot, plan, format, folder }, workers);
  try {
    const [begun, partitioningMs] = await timed(() => begin(options, types, files, root, folder, tell));
    const unread = [...types].filter((type) => !begun.read.includes(type));
    if (unread.length > 0)
      tell.say(`taken for unknown, not for none: ${unread.join(', ')} (--searched says otherwise)`);
    const { assessed, assessingMs } = await assess(threads, begun, folder, tell);
    const counts = joinResults(folder, begun.partitions, output);
    rmSync(root, { recursive: true });
    const { groups, id, version } = prepared.topic;
    const about = `${counts.patients} patients, ${new Date(begun.at).toISOString()}, ${id} ${version}`;
    if (options.chart !== undefined) writeWhole(options.chart, levelChart(counts, groups, about));
    const levels = groups.map(({ code }) => code);
    return { ...begun, counts, table: summaryTable(counts, levels), partitioningMs, assessingMs, assessed };
  } finally {
    await threads.end();
  }
}

async function assess(threads: Threads, { at, read, partitions }: Begun, folder: string, tell: Tell) {
  const all = Array.from({ length: partitions }, (_, index) => index);
  const left = all.filter((index) => readResult(folder, index) === undefined);
  if (left.length < all.length) tell.say(`goes on: ${all.length - left.length} of ${all.length} partitions are done`);
  const start = performance.now();
  let assessed = 0;
  let done = 0;
  const [, assessingMs] = await timed(() =>
    threads.assess({ at, read }, left, (patients) => {
      assessed += patients;
      done += 1;
      const seconds = (performance.now() - start) / 1000;
      tell.progress({ what: 'assessed', done, of: left.length, count: assessed, seconds });
    }),
  );
  return { assessed, assessingMs };
}

/** What was begun with the same input, knowledge and options; else from the start. */
async function begin(
  { shard, searched, workers, at }: BatchOptions,
  types: ReadonlySet<string>,
  files: InputFile[],
  root: string,
  folder: string,
  tell: Tell,
): Promise<Begun> {
  const told = join(folder, 'partitioned');
  if (existsSync(told)) return JSON.parse(readFileSync(told, 'utf8')) as Begun;
  rmSync(root, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const bytes = files.reduce((all, file) => all + file.bytes * (file.path.endsWith('.gz') ? GZIP_GAIN : 1), 0);
  const ofShard = bytes / shard.of;
  const partitions = Math.min(
    MOST_PARTITIONS,
    Math.max(LEAST_FOR_A_THREAD * workers, Math.ceil(ofShard / PARTITION_BYTES)),
  );
  const begun = {
    ...(await partition(files, { folder, partitions, shard, types, searched }, tell)),
    at: at ?? Date.now(),
    partitions,
  };
  writeWhole(told, JSON.stringify(begun));
  return begun;
}

async function timed<Value>(work: () => Promise<Value>): Promise<[value: Value, milliseconds: number]> {
  const start = performance.now();
  return [await work(), performance.now() - start];
}
