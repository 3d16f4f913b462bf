/** An embedded database in one file (better-sqlite3, an optional dependency). */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Database } from 'better-sqlite3';
import { Kysely, type SqliteDatabase, SqliteDialect, type SqliteStatement, sql } from 'kysely';
import type { Connection } from './connection.ts';
import type { Elements } from './elements.ts';
import type { Schema } from './schema.ts';
import { type Ask, migrate, sqlTables } from './sql-tables.ts';

/** Another process may be writing. */
const BUSY_MS = 500;
/** 16 MiB: the file itself is written once in many thousand cards. */
const CHECKPOINT_PAGES = 4000;

/** Opens the file, which is made when it is not there. @throws when the driver is not installed, or the file not usable */
export async function connectSqlite(file: string): Promise<Connection> {
  const { default: Sqlite } = await import('better-sqlite3');
  mkdirSync(dirname(file), { recursive: true });
  const open = (synchronous: 'NORMAL' | 'FULL') => {
    const database = new Sqlite(file, { timeout: BUSY_MS });
    database.pragma('journal_mode = WAL');
    database.pragma(`synchronous = ${synchronous}`);
    database.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
    const prepared = { prepare: preparedOnce(database), close: () => database.close() };
    return { db: new Kysely<Schema>({ dialect: new SqliteDialect({ database: prepared }) }), prepared };
  };
  // To wait for the disk is to keep every caller waiting. Issued cards are not worth that; what is acknowledged is.
  const [{ db, prepared }, { db: durable }] = [open('NORMAL'), open('FULL')];
  // The database is in this process: what Kysely does to take turns with a connection takes longer than the question.
  const ask: Ask = async <Row>({ sql: text, parameters }: { sql: string; parameters: readonly unknown[] }) =>
    prepared.prepare(text).all(parameters) as Row[];
  // Of processes that make the same new file, one makes the tables; the others look again.
  await migrate(db).catch(() => delay(BUSY_MS).then(() => migrate(db)));
  const elements: Elements = { of: (json) => sql`json_each(${json})`, texts: (json) => sql`json_each(${json})` };
  const { insertFeedback, insertTokens, keepSecret } = sqlTables(durable, elements);
  return {
    kind: 'sqlite',
    tables: { ...sqlTables(db, elements, ask), insertFeedback, insertTokens, keepSecret },
    prepare: async () => {},
    close: async () => {
      await durable.destroy();
      await db.destroy();
    },
  };
}

/** Beyond this many different statements something makes them up. */
const MOST_STATEMENTS = 200;

/** The few statements of the store are the same at every call; to prepare one costs more than to run it. */
function preparedOnce(database: Database): SqliteDatabase['prepare'] {
  const statements = new Map<string, SqliteStatement>();
  return (text) => {
    let statement = statements.get(text);
    if (!statement) {
      statement = database.prepare(text) as SqliteStatement;
      if (statements.size < MOST_STATEMENTS) statements.set(text, statement);
    }
    return statement;
  };
}
