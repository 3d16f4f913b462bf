/** The service under a mixed load for a while: memory and open files must be flat after the warm-up (bar R6). */
import { readdirSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { residentMiB } from '../../bench/proc.ts';
import { startProcess } from '../../test/harness/service-process.ts';
import type { Ehr } from '../crash/ehr.ts';
import { nothingSeen, startLoad } from '../crash/load.ts';
import { floors, type Point, slope } from './flatness.ts';
import { ADMIN_TOKEN, startOtherTraffic } from './other-traffic.ts';

export type SoakOptions = {
  ehr: Ehr;
  databaseUrl: string;
  /** Compilers and caches settle in this time; it is not measured. */
  warmUpSeconds: number;
  seconds: number;
};

export type SoakResult = {
  requests: number;
  /** Resident memory at the end, and how much the line through its floors rises in the measured time, in MiB. */
  memory: number | undefined;
  rise: number;
  /** Open files without load, before and after. */
  filesBefore: number;
  filesAfter: number;
  faults: string[];
};

const STRETCHES = 12;
const FIRST_MS = 2_000;
/** What a connection that is still closing may hold. */
const FILES_MORE = 3;

/** @throws Error when the service does not start */
export async function soak({ ehr, databaseUrl, warmUpSeconds, seconds }: SoakOptions): Promise<SoakResult> {
  const service = await startProcess({ ...ehr.env, DATABASE_URL: databaseUrl, ADMIN_TOKEN });
  const seen = nothingSeen();
  // Some of each kind before files are counted: connections of a pool are opened when they are first wanted.
  await startOtherTraffic(service.base, ehr)();
  const stopFirst = startLoad(service.base, ehr, seen, () => false);
  await delay(FIRST_MS);
  await stopFirst();
  const filesBefore = await openFiles(service.pid);
  const stopLoad = startLoad(service.base, ehr, seen, () => false);
  const stopOthers = startOtherTraffic(service.base, ehr);
  await delay(warmUpSeconds * 1_000);
  const points = await watch(service.pid, seconds);
  await stopLoad();
  const others = await stopOthers();
  const memory = residentMiB(service.pid);
  const filesAfter = await openFiles(service.pid, filesBefore + FILES_MORE);
  const code = await service.end('SIGTERM');
  const faults = [...seen.faults, ...others.faults, ...(code === 0 ? [] : [`it ended with ${code}`])];
  const requests = seen.calls + seen.acknowledged.length / 2 + others.asked;
  return {
    requests,
    memory,
    rise: slope(floors(points, seconds / STRETCHES)) * seconds,
    filesBefore,
    filesAfter,
    faults,
  };
}

async function watch(pid: number, seconds: number): Promise<Point[]> {
  const points: Point[] = [];
  const started = performance.now();
  for (let at = 0; at < seconds; at = (performance.now() - started) / 1_000) {
    points.push({ seconds: at, value: residentMiB(pid) ?? Number.NaN });
    await delay(200);
  }
  return points;
}

/** Counted when nothing is asked any more; connections take a moment to close. */
async function openFiles(pid: number, enough = 0): Promise<number> {
  const count = () => readdirSync(`/proc/${pid}/fd`).length;
  for (let tries = 0; tries < 20 && (tries < 2 || count() > enough); tries += 1) await delay(100);
  return count();
}

/** What is not flat. @param mostRise in MiB */
export function unflat({ rise, filesBefore, filesAfter }: SoakResult, mostRise: number): string[] {
  return [
    ...(rise > mostRise ? [`memory rises by ${rise.toFixed(1)} MiB, more than ${mostRise}`] : []),
    ...(filesAfter > filesBefore + FILES_MORE ? [`open files grow from ${filesBefore} to ${filesAfter}`] : []),
  ];
}
