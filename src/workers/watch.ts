/** Looks after the workers: one that hangs is killed, so that its calls go to others; disagreement is said. */
import type { Logger } from 'pino';
import { differ, isSilent, type Place } from './places.ts';

const LOOK_EVERY_MS = 1000;
/** This process itself may have been held: then nobody could be heard. */
const HELD_MS = 3 * LOOK_EVERY_MS;
/** A reload is not finished by all at the same moment. */
const DIFFER_LOOKS = 10;

/** @returns ends it */
export function watch(places: readonly Place[], log: Logger, clock: () => number): () => void {
  let looked = clock();
  let differing = 0;
  const looking = setInterval(() => {
    const now = clock();
    if (now - looked > HELD_MS) for (const place of places) place.heard = now;
    looked = now;
    for (const { number, worker } of places.filter((place) => isSilent(place, now))) {
      log.error({ worker: number }, 'a worker does not answer: it is killed');
      worker?.kill('SIGKILL');
    }
    differing = differ(places) ? differing + 1 : 0;
    if (differing === DIFFER_LOOKS) log.error('workers serve different knowledge: send SIGHUP');
  }, LOOK_EVERY_MS);
  return () => clearInterval(looking);
}
