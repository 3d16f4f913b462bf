/** When there is more to do than can be done in time, what came last is refused at once (bar R8). */
import type { RequestHandler } from 'express';
import { ServiceError } from '../errors.ts';

/** How often the event loop shows that it turns. */
const TICK_MS = 25;

type OverloadLimits = {
  /** Calls that are being answered, waiting for a FHIR server included. */
  mostCalls: number;
  /** A turn of the event loop that takes longer than this many milliseconds refuses what still waits in it. */
  mostLagMs: number;
};

/** `refuse` stands before everything that costs time; `hold` counts a call until it is answered. @param now milliseconds that only grow */
export function overload(
  { mostCalls, mostLagMs }: OverloadLimits,
  now: () => number = () => performance.now(),
): { refuse: RequestHandler; hold: RequestHandler } {
  const busy = new ServiceError('overloaded', 'The service is busy');
  let calls = 0;
  let turned = now();
  setInterval(() => {
    turned = now();
  }, TICK_MS).unref();
  return {
    refuse: (_request, _response, next) => {
      next(now() - turned > mostLagMs + TICK_MS ? busy : undefined);
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
