/** The application in force. Another one takes its place between two requests; one that cannot be built changes nothing. */
import type { RequestListener } from 'node:http';
import type { Logger } from 'pino';
import { ServiceError } from './errors.ts';
import { framesOf } from './http/errors.ts';
import type { LastReload } from './http/readiness.ts';

export type InForce = {
  /** Answers a request by the application that is in force when it comes; before there is one, the request waits. */
  handle: RequestListener;
  /** Puts the first one in force. @throws what `build` throws */
  start: (build: () => Promise<RequestListener>) => Promise<void>;
  /** Builds another one and puts it in force, or says why not. Never throws; one after the other. */
  reload: () => Promise<void>;
  lastReload: () => LastReload | undefined;
};

type Parts = {
  /** Reads everything anew, and builds. */
  again: () => Promise<RequestListener>;
  log: Logger;
  clock: () => number;
  told: (outcome: 'loaded' | 'refused') => void;
};

export function inForce({ again, log, clock, told }: Parts): InForce {
  const first = deferred<RequestListener>();
  let current = first.promise;
  // A reload that is wanted early waits for the first application.
  let reloading: Promise<unknown> = first.promise;
  let last: LastReload | undefined;

  async function reload(): Promise<void> {
    const refused = await again().then(
      (next) => {
        current = Promise.resolve(next);
        log.info('reloaded');
        return false;
      },
      (error: unknown) => {
        log.error(reasonOf(error), 'the reload is refused: what was in force stays');
        return true;
      },
    );
    last = { at: new Date(clock()).toISOString(), refused };
    told(refused ? 'refused' : 'loaded');
  }

  return {
    handle: (request, response) => void current.then((answer) => answer(request, response)),
    start: async (build) => first.resolve(await build()),
    reload: () => {
      const done = reloading.then(reload);
      reloading = done;
      return done;
    },
    lastReload: () => last,
  };
}

/** Findings about files name elements, no patients. */
const reasonOf = (error: unknown) =>
  error instanceof ServiceError
    ? { code: error.code, reason: error.message, details: error.details }
    : framesOf(error as Error);

function deferred<T>() {
  let resolve: (value: T) => void = () => {};
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
