/** `npm run crash`: the service and its database are killed at random points under load; nothing that was acknowledged is lost. */
import { parseArgs } from 'node:util';
import { type CrashDatabase, postgresDatabase, sqliteDatabase } from './crash/databases.ts';
import { prepareEhr } from './crash/ehr.ts';
import { killService } from './crash/kills.ts';
import type { Seen } from './crash/load.ts';
import { takeDatabaseAway } from './crash/outages.ts';
import { random } from './fuzz/random.ts';

const { values: options } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    kills: { type: 'string', default: '100' },
    outages: { type: 'string', default: '50' },
  },
});
const seed = Number(options.seed) || 1;
const ehr = prepareEhr();
const rows: Record<string, string | number>[] = [];
const faults: string[] = [];

async function run(database: CrashDatabase, what: string, points: number, work: () => Promise<Seen>): Promise<void> {
  const seen = await work();
  faults.push(...seen.faults.map((fault) => `${database.name}, ${what}: ${fault}`));
  rows.push({
    database: database.name,
    killed: what,
    points,
    'cards served': seen.calls,
    'slowest (ms)': Math.round(seen.slowestCallMs),
    'feedback kept': seen.acknowledged.length,
    '503': seen.refused,
    faults: seen.faults.length,
  });
}

process.stdout.write(`seed ${seed}\n`);
for (const open of [sqliteDatabase, postgresDatabase]) {
  const database = await open();
  try {
    const [kills, outages] = [Number(options.kills), Number(options.outages)];
    await run(database, 'service', kills, () => killService(database, ehr, kills, random(seed)));
    await run(database, 'database', outages, () => takeDatabaseAway(database, ehr, outages, random(seed + 1)));
  } finally {
    await database.remove();
  }
}
console.table(rows);
for (const fault of faults.slice(0, 20)) process.stdout.write(`${fault}\n`);
process.exitCode = faults.length > 0 ? 1 : 0;
