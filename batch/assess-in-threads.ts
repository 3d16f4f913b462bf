/** Partitions that are left, over N threads; a thread takes the next one when it is free. */
import { Worker } from 'node:worker_threads';
import type { WorkerInput } from './assess-worker.ts';

/** @param assessed is told after each partition how many patients it had. Rejects when a thread fails. */
export async function assessInThreads(
  input: WorkerInput,
  left: number[],
  workers: number,
  assessed: (patients: number) => void,
): Promise<void> {
  const waiting = [...left];
  const threads = Array.from({ length: Math.min(workers, left.length) }, () => {
    // It stands beside this file only in the build.
    return new Worker(new URL('./assess-worker.js', import.meta.url), { workerData: input });
  });
  try {
    await Promise.all(threads.map((thread) => untilNothingIsLeft(thread, waiting, assessed)));
  } finally {
    await Promise.all(threads.map((thread) => thread.terminate()));
  }
}

function untilNothingIsLeft(thread: Worker, waiting: number[], assessed: (patients: number) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const next = () => {
      const partition = waiting.shift();
      if (partition === undefined) resolve();
      else thread.postMessage(partition);
    };
    thread.on('error', reject);
    thread.on('exit', () => reject(new Error('a thread has ended')));
    thread.on('message', (patients: number) => {
      assessed(patients);
      next();
    });
    next();
  });
}
