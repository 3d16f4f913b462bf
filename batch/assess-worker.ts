/** A thread that assesses one partition after another. */
import { parentPort, workerData } from 'node:worker_threads';
import { assessPartition } from './assess-partition.ts';
import type { BatchOptions } from './options.ts';
import { preparePlan } from './prepare-plan.ts';

export type ThreadInput = Pick<BatchOptions, 'env' | 'packageRoot' | 'plan' | 'format'> & { folder: string };
export type ToThread = { partition: number; at: number; read: string[] };
/** The first one says that it is ready. */
export type FromThread = { patients: number };

const { folder, format, ...where } = workerData as ThreadInput;
const { prepared, config } = preparePlan(where);
const site = { settings: config.site, strict: config.site.incompletePolicy === 'strict' };
const say = (told: FromThread) => parentPort?.postMessage(told);

parentPort?.on('message', ({ partition, at, read }: ToThread) => {
  const batch = { prepared, ...site, moment: { now: at, zone: config.zone }, read: new Set(read) };
  // A rejection ends the thread, and with it the run: it can be taken up again.
  void assessPartition(batch, format, folder, partition).then((patients) => say({ patients }));
});
say({ patients: 0 });
