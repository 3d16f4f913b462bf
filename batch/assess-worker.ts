/** A thread that assesses one partition after another. */
import { parentPort, workerData } from 'node:worker_threads';
import { assessPartition } from './assess-partition.ts';
import type { BatchOptions } from './options.ts';
import { preparePlan } from './prepare-plan.ts';

export type WorkerInput = Pick<BatchOptions, 'env' | 'packageRoot' | 'plan'> & {
  at: number;
  read: string[];
  folder: string;
};

const input = workerData as WorkerInput;
const { prepared, config } = preparePlan(input);
const batch = {
  prepared,
  settings: config.site,
  strict: config.site.incompletePolicy === 'strict',
  moment: { now: input.at, zone: config.zone },
  read: new Set(input.read),
};

parentPort?.on('message', (partition: number) => {
  // A rejection ends the thread, and with it the run: it can be taken up again.
  void assessPartition(batch, input.folder, partition).then((patients) => parentPort?.postMessage(patients));
});
