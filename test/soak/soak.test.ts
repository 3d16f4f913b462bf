/** A short `npm run soak` (bar R6): the same load and the same measure, in seconds instead of minutes. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type CrashDatabase, sqliteDatabase } from '../../scripts/crash/databases.ts';
import { prepareEhr } from '../../scripts/crash/ehr.ts';
import { floors, slope } from '../../scripts/soak/flatness.ts';
import { soak, unflat } from '../../scripts/soak/soak.ts';
import { sqliteFound } from '../harness/databases.ts';
import { whenFound } from '../harness/when-found.ts';

/** A minute shows what a few seconds cannot; here only what leaks fast is found. */
const MOST_RISE_MIB = 100;

whenFound('better-sqlite3', sqliteFound, () => {
  let database: CrashDatabase;
  beforeAll(async () => {
    database = await sqliteDatabase();
  });
  afterAll(() => database.remove());

  test('when calls, feedback, scrapes and refused requests come for a while then files and memory stay flat', async () => {
    const result = await soak({ ehr: prepareEhr(), databaseUrl: database.url, warmUpSeconds: 6, seconds: 8 });
    expect(result.faults).toEqual([]);
    expect(unflat(result, MOST_RISE_MIB)).toEqual([]);
    expect(result.requests).toBeGreaterThan(100);
    expect(result.filesBefore).toBeGreaterThan(5);
  }, 60_000);
});

const curve = (value: (second: number) => number) =>
  Array.from({ length: 600 }, (_, at) => ({ seconds: at / 4, value: value(at / 4) }));

test('when memory swings by fifty MiB between collections then the line through its floors is flat', () => {
  const swinging = curve((second) => 150 + ((second * 7) % 50));
  expect(Math.abs(slope(floors(swinging, 12)) * 150)).toBeLessThan(5);
});

test('when memory swings and leaks a tenth of a MiB a second then the line says so, and it is no flat one', () => {
  const leaking = curve((second) => 150 + ((second * 7) % 50) + second / 10);
  const rise = slope(floors(leaking, 12)) * 150;
  expect(rise).toBeGreaterThan(12);
  const result = { requests: 1, memory: 165, rise, filesBefore: 20, filesAfter: 24, faults: [] };
  expect(unflat(result, 12)).toEqual([
    expect.stringMatching(/^memory rises by 1\d\.\d MiB, more than 12$/),
    'open files grow from 20 to 24',
  ]);
  expect(unflat({ ...result, rise: 11.9, filesAfter: 23 }, 12)).toEqual([]);
});
