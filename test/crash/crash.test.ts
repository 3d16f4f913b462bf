/** A short `npm run crash` (bar R3, R4, J5): a few of its hundred points, on both databases. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { databaseFaults } from '../../scripts/crash/check.ts';
import { type CrashDatabase, postgresDatabase, sqliteDatabase } from '../../scripts/crash/databases.ts';
import { prepareEhr } from '../../scripts/crash/ehr.ts';
import { killService } from '../../scripts/crash/kills.ts';
import type { Seen } from '../../scripts/crash/load.ts';
import { takeDatabaseAway } from '../../scripts/crash/outages.ts';
import { random } from '../../scripts/fuzz/random.ts';
import { sqliteFound } from '../harness/databases.ts';
import { postgresPrograms } from '../harness/postgres.ts';
import { whenFound } from '../harness/when-found.ts';

const POINTS = 3;
const SEED = 1;
const ehr = prepareEhr();

function crashing(open: () => Promise<CrashDatabase>): void {
  let database: CrashDatabase;
  let killed: Seen;
  beforeAll(async () => {
    database = await open();
  });
  afterAll(() => database.remove());

  test('when the service is killed under load then nothing acknowledged is lost, halved or taken twice', async () => {
    killed = await killService(database, ehr, POINTS, random(SEED));
    expect(killed.faults).toEqual([]);
    expect(killed.acknowledged.length).toBeGreaterThanOrEqual(2 * POINTS);
  }, 120_000);

  test('when the database is taken away then cards are served all the time, and feedback is kept or refused', async () => {
    const seen = await takeDatabaseAway(database, ehr, POINTS, random(SEED));
    expect(seen.faults).toEqual([]);
    expect(seen.acknowledged.length).toBeGreaterThanOrEqual(2 * POINTS);
  }, 120_000);

  test('when a row is lost, or half of a request, then it is found', async () => {
    const [entry = ''] = killed.acknowledged;
    const [card = ''] = entry.split(' ');
    const without = (left: (row: Record<string, unknown>) => boolean): CrashDatabase => ({
      ...database,
      query: async (text) => (await database.query(text)).filter((row) => !left(row)),
    });
    expect(await databaseFaults(database, killed)).toEqual([]);
    const halved = without((row) => row.card === card && row.outcome === 'accepted');
    expect(await databaseFaults(halved, killed)).toEqual([`lost: ${card} accepted`, `half of a request: ${card}`]);
    const gone = without((row) => row.card === card);
    expect(await databaseFaults(gone, killed)).toEqual([`lost: ${card} accepted`, `lost: ${card} overridden`]);
  });
}

whenFound('better-sqlite3', sqliteFound, () => crashing(sqliteDatabase));
whenFound('PostgreSQL', postgresPrograms !== undefined, () => crashing(postgresDatabase));
