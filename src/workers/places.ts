/** The places that workers have, and what is known of who has them. */
import type { Worker } from 'node:cluster';

/** So long a worker may be silent: its event loop turns many times a second. */
const SILENT_MS = 10_000;
/** So long it may take to start. */
const STARTING_MS = 120_000;
/** Who lived so long did not fail at the start. */
const STEADY_MS = 30_000;
const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 30_000;

export type Place = {
  number: number;
  worker?: Worker | undefined;
  /** When it was started, and when it was heard last. */
  since: number;
  heard: number;
  /** A hash of what it serves; undefined until it may be sent calls. */
  knowledge?: string | undefined;
  /** Ends one after the other, each soon after its start. */
  failures: number;
};

export const emptyPlace = (number: number): Place => ({ number, since: 0, heard: 0, failures: 0 });

/** The place is empty again. @returns how many milliseconds it stays so */
export function vacate(place: Place, now: number): number {
  place.failures = now - place.since > STEADY_MS ? 0 : place.failures + 1;
  place.worker = undefined;
  place.knowledge = undefined;
  return place.failures === 0 ? 0 : Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (place.failures - 1));
}

/** Its event loop hangs, or it does not come to an end of its start. */
export const isSilent = ({ worker, knowledge, heard }: Place, now: number): boolean =>
  worker !== undefined && now - heard > (knowledge === undefined ? STARTING_MS : SILENT_MS);

/** Some serve what others do not: files were changed, and a worker was started since. */
export const differ = (places: readonly Place[]): boolean =>
  new Set(places.flatMap(({ knowledge }) => knowledge ?? [])).size > 1;
