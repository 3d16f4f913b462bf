/** Before it is trusted here: conditions of the knowledge answer as the FHIRPath engine does (docs/adr/0006). */
import { Worker } from 'node:worker_threads';
import { ServiceError } from '../errors.ts';
import type { Checked } from '../fhir/closure-check.ts';

const WITHIN_MS = 60_000;

/** @throws ServiceError `bad-knowledge` naming each expression on which they differ, or why it could not be found out */
export async function selfCheck(checked: Checked[]): Promise<void> {
  // It stands beside this file only in the build.
  const worker = new Worker(new URL('./check-worker.js', import.meta.url), { env: {}, workerData: checked });
  // A process that is told to end does not wait for it.
  worker.unref();
  try {
    const differ = await answerOf(worker);
    if (differ.length > 0) {
      throw new ServiceError('bad-knowledge', 'Conditions do not answer here as FHIRPath does', differ);
    }
  } finally {
    await worker.terminate();
  }
}

function answerOf(worker: Worker): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const failed = (reason: string) =>
      reject(new ServiceError('bad-knowledge', 'Conditions could not be checked', [reason]));
    const late = setTimeout(() => failed(`it took longer than ${WITHIN_MS} ms`), WITHIN_MS).unref();
    worker.once('error', (error: Error) => failed(error.name));
    worker.once('message', (differ: string[]) => {
      clearTimeout(late);
      resolve(differ);
    });
  });
}
