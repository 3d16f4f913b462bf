/** When there is more to do than can be done in time, what came last is refused at once (bar R8). */
import type { RequestHandler } from 'express';
import { ServiceError } from '../errors.ts';

/** How often the event loop shows that it turns. */
const TICK_MS = 25;

export type OverloadLimits = {
  /** Calls that are being answered, waiting for a FHIR server included. */
  mostCalls: number;
  /** A turn of the event loop that takes longer than this many milliseconds refuses what still waits in it. */
  mostLagMs: number;
};

/** `refuse` stands before everything that costs time; `hold` counts a call until it is answered. */
export function overload({ mostCalls, mostLagMs }: OverloadLimits): { refuse: RequestHandler; hold: RequestHandler } {
  const busy = new ServiceError('overloaded', 'The service is busy');
  let calls = 0;
  let turned = performance.now();
  setInterval(() => {
    turned = performance.now();
  }, TICK_MS).unref();
  return {
    refuse: (_request, _response, next) => {
      next(performance.now() - turned > mostLagMs + TICK_MS ? busy : undefined);
    },
    hold: (_request, response, next) => {
      if (calls >= mostCalls) throw busy;
      calls += 1;
      response.once('close', () => {
        calls -= 1;
      });
      next();
    },
  };
}
