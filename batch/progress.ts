/** How far it is: patients, rate, time left; a line at most every two seconds, on stderr. */
import { performance } from 'node:perf_hooks';

const EVERY_MS = 2000;

/** @returns to be told after each partition how many patients it had */
export function progressOf(partitions: number, say: (line: string) => void): (patients: number) => void {
  const began = performance.now();
  let said = began;
  let done = 0;
  let patients = 0;
  return (more) => {
    done += 1;
    patients += more;
    const now = performance.now();
    if (now - said < EVERY_MS && done < partitions) return;
    said = now;
    const seconds = (now - began) / 1000;
    const left = Math.round((seconds / done) * (partitions - done));
    say(
      `${done} of ${partitions} partitions, ${patients} patients, ${Math.round(patients / seconds)}/s, ${left} s left`,
    );
  };
}
