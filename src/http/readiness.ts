/** `/readyz`: whether this process should be sent calls, and what it does without. */
import type { RequestHandler } from 'express';

/** What became of the last try to take other files into force: when, and why not. */
export type LastReload = { at: string; refused: boolean };

export type Readiness = {
  /** It answers what it has and takes nothing new. */
  stopping: boolean;
  /** `id|version`. */
  knowledge: string[];
  /** Of these, what is past its period: it is served, and its cards say so. */
  overdue: string[];
  lastReload?: LastReload | undefined;
  store: Readonly<Record<string, unknown>>;
};

/**
 * A process without its database, or with knowledge that is overdue for review, is ready: cards are served. It is said,
 * so that somebody comes.
 */
export function readiness(read: () => Readiness): RequestHandler {
  return (_request, response) => {
    const { stopping, ...rest } = read();
    response.status(stopping ? 503 : 200).json({ status: stopping ? 'stopping' : 'ready', ...rest });
  };
}
