/** `/readyz`: whether this process should be sent calls, and what it does without. */
import type { RequestHandler } from 'express';

/** `stopping`: it answers what it has and takes nothing new. */
export type Readiness = { stopping: boolean; knowledge: string[]; store: Readonly<Record<string, unknown>> };

/**
 * A process without its database is ready: cards are served. Its database being lost is said, so that somebody comes.
 */
export function readiness(read: () => Readiness): RequestHandler {
  return (_request, response) => {
    const { stopping, ...rest } = read();
    response.status(stopping ? 503 : 200).json({ status: stopping ? 'stopping' : 'ready', ...rest });
  };
}
