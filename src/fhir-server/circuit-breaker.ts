/** A server that has failed several calls in a row is left alone for a while: the clinician does not wait for it. */

const FAILURES = 5;
const REST_MS = 10_000;

export type CircuitBreaker = {
  /** Whether a call may ask now; while the server rests, one call in each rest may try. */
  mayAsk: () => boolean;
  succeeded: () => void;
  failed: () => void;
};

/** @param now milliseconds that only grow */
export function circuitBreaker(now: () => number = () => performance.now()): CircuitBreaker {
  let failures = 0;
  let restsUntil = 0;
  return {
    mayAsk: () => {
      if (failures < FAILURES) return true;
      if (now() < restsUntil) return false;
      restsUntil = now() + REST_MS;
      return true;
    },
    succeeded: () => {
      failures = 0;
    },
    failed: () => {
      failures += 1;
      if (failures === FAILURES) restsUntil = now() + REST_MS;
    },
  };
}
