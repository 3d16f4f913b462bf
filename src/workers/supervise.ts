/** The process above the workers: starts them, puts another in the place of one that ended, hands signals on (ADR 29). */
import cluster, { type Worker } from 'node:cluster';
import type { Logger } from 'pino';
import { type FromWorker, isOurs, type ToWorker } from './messages.ts';
import { workersMetrics } from './metrics.ts';
import { emptyPlace, type Place, vacate } from './places.ts';
import { watch } from './watch.ts';

/** Workers end by themselves within ten seconds. */
const END_WITHIN_MS = 15_000;

type Parts = { workers: number; log: Logger; clock: () => number };

export type Supervised = {
  reload: () => void;
  stop: () => void;
  /** Settles when the last worker is gone: 0, or how the worker ended without whom there was none. */
  ended: Promise<number>;
};

/** Starts the first worker, which brings the database to its version, and the others when it listens. */
export function supervise({ workers, log, clock }: Parts): Supervised {
  const places = Array.from({ length: workers }, (_, index) => emptyPlace(index + 1));
  const living = () => places.filter(({ worker }) => worker !== undefined);
  const serving = () => places.filter(({ knowledge }) => knowledge !== undefined);
  const metrics = workersMetrics();
  let replaced = 0;
  let stopping = false;
  let exitCode = 0;
  let settle: (code: number) => void = () => {};
  const ended = new Promise<number>((resolve) => {
    settle = resolve;
  });

  function start(place: Place): void {
    if (stopping || place.worker) return;
    cluster.setupPrimary({ args: [`${place.number}`] });
    const worker = cluster.fork();
    Object.assign(place, { worker, since: clock(), heard: clock() });
    worker.on('message', (message: unknown) => hear(place, worker, message));
    worker.once('listening', () => {
      for (const other of places) if (other.since === 0) start(other);
    });
    // A message to a worker that is just ending fails; that it ended is told below.
    worker.on('error', () => {});
    worker.once('exit', (code, signal) => gone(place, code, signal));
  }

  function hear(place: Place, worker: Worker, message: unknown): void {
    // The last words of one that is gone are not those of who has its place.
    if (place.worker !== worker || !isOurs(message)) return;
    place.heard = clock();
    const told = message as FromWorker;
    if (told.say === 'serving') place.knowledge = told.knowledge;
    else if (told.say === 'mine') {
      if (told.failed !== undefined) uncounted(told.failed);
      metrics.hear(told);
    } else if (told.say === 'all?') {
      answerMetrics(worker, told.question).catch(({ message: reason }: Error) => uncounted(reason));
    }
  }

  const uncounted = (reason: string) => log.error({ reason }, 'metrics could not be collected');

  async function answerMetrics(worker: Worker, question: number): Promise<void> {
    const asked = serving().flatMap((place) => place.worker ?? []);
    const answer: ToWorker = { say: 'all', question, ...(await metrics.read(asked, replaced)) };
    if (worker.isConnected()) worker.send(answer, () => {});
  }

  function gone(place: Place, code: number | null, signal: string | null): void {
    const served = place.knowledge !== undefined;
    const wait = vacate(place, clock());
    if (!stopping) log.error({ worker: place.number, code, signal }, 'a worker has ended');
    if (!stopping && !served && serving().length === 0) end(code || 1);
    if (stopping) return void (living().length === 0 && finish());
    replaced += 1;
    setTimeout(start, wait, place).unref();
  }

  const signalAll = (name: 'SIGHUP' | 'SIGTERM' | 'SIGKILL') => {
    for (const { worker } of places) worker?.kill(name);
  };

  function end(code: number): void {
    if (stopping) return;
    stopping = true;
    exitCode = code;
    signalAll('SIGTERM');
    setTimeout(signalAll, END_WITHIN_MS, 'SIGKILL').unref();
    if (living().length === 0) finish();
  }

  function finish(): void {
    unwatch();
    settle(exitCode);
  }

  const unwatch = watch(places, log, clock);
  for (const place of places.slice(0, 1)) start(place);
  return { reload: () => signalAll('SIGHUP'), stop: () => end(0), ended };
}
