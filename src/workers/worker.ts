/** The side of one worker: that it lives, what it serves, and what all workers have counted. */
import cluster from 'node:cluster';
import { createHash } from 'node:crypto';
import { type Counts, type FromWorker, isOurs, type ToWorker } from './messages.ts';

const ALIVE_EVERY_MS = 1000;
const METRICS_WITHIN_MS = 5000;

type Metrics = { mediaType: string; text: string };

export type Worker = {
  /** 1 to WORKERS; a worker that takes the place of another has its number. */
  number: number;
  /** Told at the start and after each reload, when calls may come. */
  serving: (knowledge: unknown) => void;
  /** @param own what this worker has counted. @returns reads what all have counted, as Prometheus reads it */
  shareMetrics: (own: () => Promise<Counts>) => () => Promise<Metrics>;
  /** The last that it does: nothing keeps the process alive any more. */
  leave: () => void;
};

/** @returns undefined in a process that serves alone */
export function workerOf(host: NodeJS.Process): Worker | undefined {
  if (!cluster.isWorker) return undefined;
  // The process above may be gone; then this one goes too.
  const tell = (message: FromWorker) => void host.send?.(message, undefined, undefined, () => {});
  setInterval(() => tell({ say: 'alive' }), ALIVE_EVERY_MS).unref();
  return {
    number: Number(host.argv[2]),
    serving: (knowledge) => tell({ say: 'serving', knowledge: hashOf(knowledge) }),
    shareMetrics: (own) => {
      const waiting = new Map<number, (all: Metrics) => void>();
      host.on('message', (message: unknown) => {
        if (!isOurs(message)) return;
        const told = message as ToWorker;
        const { question } = told;
        if (told.say === 'all') waiting.get(question)?.(told);
        else
          void own().then(
            (counts) => tell({ say: 'mine', question, counts }),
            ({ message: failed }: Error) => tell({ say: 'mine', question, counts: [], failed }),
          );
      });
      let questions = 0;
      return () => {
        questions += 1;
        const question = questions;
        tell({ say: 'all?', question });
        return answered(waiting, question).finally(() => waiting.delete(question));
      };
    },
    leave: () => void cluster.worker?.disconnect(),
  };
}

function answered(waiting: Map<number, (all: Metrics) => void>, question: number): Promise<Metrics> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error('What the workers have counted was not told')), METRICS_WITHIN_MS);
    waiting.set(question, (all) => {
      clearTimeout(late);
      resolve(all);
    });
  });
}

const hashOf = (value: unknown) => createHash('sha256').update(JSON.stringify(value)).digest('base64url');
