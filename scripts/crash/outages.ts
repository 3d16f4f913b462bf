/** The database is taken away at random points under load (bar R3). */
import { setTimeout as delay } from 'node:timers/promises';
import { startProcess } from '../../test/harness/service-process.ts';
import type { Random } from '../fuzz/random.ts';
import { databaseFaults } from './check.ts';
import type { CrashDatabase } from './databases.ts';
import type { Ehr } from './ehr.ts';
import { nothingSeen, type Seen, startLoad } from './load.ts';

/** From the moment that all is well to the outage, and how long it lasts. */
const WITHIN_MS = 400;
const LASTS_MS = 1_500;
const BACK_WITHIN_MS = 30_000;

/** @param points how often the database fails, each time in another of its ways; faults are in `seen` */
export async function takeDatabaseAway(
  database: CrashDatabase,
  ehr: Ehr,
  points: number,
  random: Random,
): Promise<Seen> {
  const seen = nothingSeen();
  const ways = Object.values(database.outages);
  const service = await startProcess({ ...ehr.env, DATABASE_URL: database.url });
  const stop = startLoad(service.base, ehr, seen, () => false);
  for (let point = 0; point < points; point += 1) {
    await untilAcknowledged(seen);
    await delay(random.whole(WITHIN_MS));
    const mend = await ways[point % ways.length]?.(service.pid);
    await delay(random.whole(LASTS_MS));
    await mend?.();
  }
  await untilAcknowledged(seen);
  await stop();
  await service.end('SIGTERM');
  seen.faults.push(...(await databaseFaults(database, seen)));
  return seen;
}

/** Feedback is kept again: the outage before is over. */
async function untilAcknowledged(seen: Seen): Promise<void> {
  const before = seen.acknowledged.length;
  const since = performance.now();
  while (seen.acknowledged.length === before) {
    if (performance.now() - since > BACK_WITHIN_MS) return void seen.faults.push('no feedback was kept for 30 s');
    await delay(5);
  }
}
