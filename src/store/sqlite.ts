/** An embedded database in one file (better-sqlite3, an optional dependency). */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Kysely, SqliteDialect } from 'kysely';
import type { Connection } from './connection.ts';
import type { Schema } from './schema.ts';
import { migrate, sqlTables } from './sql-tables.ts';

/** Another process may be writing. */
const BUSY_MS = 500;

/** Opens the file, which is made when it is not there. @throws when the driver is not installed, or the file not usable */
export async function connectSqlite(file: string): Promise<Connection> {
  const { default: Database } = await import('better-sqlite3');
  mkdirSync(dirname(file), { recursive: true });
  const database = new Database(file, { timeout: BUSY_MS });
  database.pragma('journal_mode = WAL');
  // What was acknowledged outlives a power cut, not only the process.
  database.pragma('synchronous = FULL');
  const db = new Kysely<Schema>({ dialect: new SqliteDialect({ database }) });
  // Of processes that make the same new file, one makes the tables; the others look again.
  await migrate(db).catch(() => delay(BUSY_MS).then(() => migrate(db)));
  return { kind: 'sqlite', tables: sqlTables(db), prepare: async () => {}, close: () => db.destroy() };
}
