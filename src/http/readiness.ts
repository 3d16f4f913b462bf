/** `/readyz`: whether this process should be sent calls, and what it does without. */
import type { RequestHandler } from 'express';

/** What became of the last try to take other files into force: when, and why not. */
export type LastReload = { at: string; refused: boolean };

export type Readiness = {
  /** It answers what it has and takes nothing new. */
  stopping: boolean;
  /** Conditions were found to answer here as they should. */
  checked: boolean;
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
    const { stopping, checked, ...rest } = read();
    const status = stopping ? 'stopping' : checked ? 'ready' : 'checking';
    response.status(status === 'ready' ? 200 : 503).json({ status, ...rest });
  };
}
