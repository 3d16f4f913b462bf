/** What all workers have counted, as one text; each series names its worker, for a new one begins at 0. */
import type { Worker } from 'node:cluster';
import { setTimeout as delay } from 'node:timers/promises';
import type { Counts, FromWorker, ToWorker } from './messages.ts';

/** Who hangs is left out: the others are to be seen all the more. */
const WITHIN_MS = 2000;

type Mine = Extract<FromWorker, { say: 'mine' }>;
type Metrics = { mediaType: string; text: string };

export type WorkersMetrics = {
  /** @param replaced how often a worker took the place of another */
  read: (serving: readonly Worker[], replaced: number) => Promise<Metrics>;
  /** An answer of one of them. */
  hear: (answer: Mine) => void;
};

export function workersMetrics(): WorkersMetrics {
  const waiting = new Map<number, (counts: Counts) => void>();
  let questions = 0;

  const ask = async (worker: Worker): Promise<Counts[]> => {
    questions += 1;
    const question = questions;
    const answer = new Promise<Counts[]>((resolve) => {
      waiting.set(question, (counts) => resolve([counts]));
    });
    const message: ToWorker = { say: 'yours?', question };
    worker.send(message, () => {});
    const counts = await Promise.race([answer, delay(WITHIN_MS, [], { ref: false })]);
    waiting.delete(question);
    return counts;
  };

  return {
    read: async (serving, replaced) => {
      const counts = await Promise.all(serving.map(ask));
      return textOf(counts.flat(), serving.length, replaced);
    },
    hear: ({ question, counts }) => waiting.get(question)?.(counts),
  };
}

/** The library is loaded when somebody asks for the first time. */
async function textOf(counts: Counts[], serving: number, replaced: number): Promise<Metrics> {
  const { AggregatorRegistry, Counter, Gauge, Registry } = await import('prom-client');
  const own = new Registry();
  const registers = [own];
  new Gauge({ name: 'cds_workers', help: 'Workers that serve', registers }).set(serving);
  new Counter({ name: 'cds_workers_replaced_total', help: 'Workers that ended', registers }).inc(replaced);
  const all = AggregatorRegistry.aggregate([await own.getMetricsAsJSON(), ...counts]);
  return { mediaType: all.contentType, text: await all.metrics() };
}
