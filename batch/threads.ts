/** Threads that assess: they prepare the knowledge while the input is partitioned; each takes the next partition when it is free. */
import { Worker } from 'node:worker_threads';
import type { FromThread, ThreadInput, ToThread } from './assess-worker.ts';

/** Charts are young and gone at once; more room than this for the old costs memory and no time. */
const LIMITS = { maxYoungGenerationSizeMb: 16, maxOldGenerationSizeMb: 1024 };

export type Threads = {
  /** All partitions that are left. @param assessed is told after each how many patients it had. Rejects when a thread fails */
  assess: (what: Pick<ToThread, 'at' | 'read'>, left: number[], assessed: (patients: number) => void) => Promise<void>;
  end: () => Promise<void>;
};

export function startThreads(input: ThreadInput, count: number): Threads {
  const threads = Array.from({ length: count }, () => {
    // It stands beside this file only in the build.
    return new Worker(new URL('./assess-worker.js', import.meta.url), { workerData: input, resourceLimits: LIMITS });
  });
  const ready = Promise.all(threads.map(next));
  // Said when they are used.
  ready.catch(() => undefined);
  return {
    assess: async (what, left, assessed) => {
      const waiting = [...left];
      await ready;
      const untilNothingIsLeft = async (thread: Worker) => {
        for (let partition = waiting.shift(); partition !== undefined; partition = waiting.shift()) {
          const message: ToThread = { ...what, partition };
          thread.postMessage(message);
          assessed((await next(thread)).patients);
        }
      };
      await Promise.all(threads.map(untilNothingIsLeft));
    },
    end: async () => {
      await Promise.all(threads.map((thread) => thread.terminate()));
    },
  };
}

/** What a thread says next. */
function next(thread: Worker): Promise<FromThread> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void) => {
      thread.off('message', onMessage).off('error', onError).off('exit', onExit);
      act();
    };
    const onMessage = (said: FromThread) => settle(() => resolve(said));
    const onError = (error: Error) => settle(() => reject(error));
    const onExit = () => settle(() => reject(new Error('a thread has ended')));
    thread.on('message', onMessage).on('error', onError).on('exit', onExit);
  });
}
