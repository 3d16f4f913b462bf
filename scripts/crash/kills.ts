/** kill -9 of the service at random points under load (bar R4, J5). */
import { setTimeout as delay } from 'node:timers/promises';
import { startProcess } from '../../test/harness/service-process.ts';
import type { Random } from '../fuzz/random.ts';
import { databaseFaults, replayFaults } from './check.ts';
import type { CrashDatabase } from './databases.ts';
import type { Ehr } from './ehr.ts';
import { nothingSeen, type Seen, startLoad } from './load.ts';

/** From the first acknowledgement to the kill. */
const WITHIN_MS = 400;
const FIRST_WITHIN_MS = 20_000;

/** @param points how often the service is killed; faults are in `seen` */
export async function killService(database: CrashDatabase, ehr: Ehr, points: number, random: Random): Promise<Seen> {
  const seen = nothingSeen();
  const start = () => startProcess({ ...ehr.env, DATABASE_URL: database.url });
  let service = await start();
  for (let point = 0; point < points; point += 1) {
    let gone = false;
    const before = seen.acknowledged.length;
    const stop = startLoad(service.base, ehr, seen, () => gone);
    const since = performance.now();
    while (seen.acknowledged.length === before && performance.now() - since < FIRST_WITHIN_MS) await delay(2);
    await delay(random.whole(WITHIN_MS));
    gone = true;
    await service.end('SIGKILL');
    await stop();
    service = await start();
    seen.faults.push(...(await replayFaults(service.base, ehr, seen)));
  }
  await service.end('SIGTERM');
  seen.faults.push(...(await databaseFaults(database, seen)));
  return seen;
}
