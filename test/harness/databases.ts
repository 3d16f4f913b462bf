/** The databases that the store is tested on. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from '@jest/globals';
import pino from 'pino';
import { openStore, type Store, type StoreOptions } from '../../src/store/open-store.ts';
import { postgresPrograms, startPostgres } from './postgres.ts';
import { whenFound } from './when-found.ts';

export type TestDatabase = { url: string; query: (text: string) => Promise<Record<string, unknown>[]> };

const require = createRequire(import.meta.url);

/** The driver is an optional dependency: it may be missing, or not built for this machine. */
function loadSqlite(): typeof import('better-sqlite3') | undefined {
  try {
    const Sqlite = require('better-sqlite3');
    new Sqlite(':memory:').close();
    return Sqlite;
  } catch {
    return undefined;
  }
}

const Sqlite = loadSqlite();
export const sqliteFound = Sqlite !== undefined;

/** Rows of a database that a service writes to. */
export function querySqlite(file: string, text: string): Record<string, unknown>[] {
  if (!Sqlite) return [];
  const database = new Sqlite(file);
  try {
    const statement = database.prepare<unknown[], Record<string, unknown>>(text);
    return statement.reader ? statement.all() : [statement.run()].map(() => ({}));
  } finally {
    database.close();
  }
}

/** Describes the same tests on the embedded database and on PostgreSQL. */
export function onEachDatabase(tests: (database: () => TestDatabase) => void): void {
  whenFound('better-sqlite3', Sqlite !== undefined, () => {
    const folder = mkdtempSync(join(tmpdir(), 'store-sqlite-'));
    const file = join(folder, 'new', 'store.sqlite');
    afterAll(() => rmSync(folder, { recursive: true, force: true }));
    const query = async (text: string) => querySqlite(file, text);
    tests(() => ({ url: `sqlite:${file}`, query }));
  });
  whenFound('PostgreSQL', postgresPrograms !== undefined, () => {
    let postgres: Awaited<ReturnType<typeof startPostgres>>;
    beforeAll(async () => {
      postgres = await startPostgres();
    });
    afterAll(() => postgres.remove());
    tests(() => postgres);
  });
}

const silent = pino({ level: 'silent' });

/** Opens a store as a replica of the service would. */
export function openReplica(
  url: string,
  {
    clock = Date.now,
    log = silent,
    ...options
  }: Partial<StoreOptions> & { clock?: () => number; log?: typeof silent } = {},
): Promise<Store> {
  return openStore({ database: { url, chosen: true }, retentionDays: 30, ...options }, log, clock);
}
