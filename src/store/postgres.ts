/** PostgreSQL, shared by replicas. */
import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import { ServiceError } from '../errors.ts';
import type { Connection } from './connection.ts';
import type { Schema } from './schema.ts';
import { migrate, sqlTables } from './sql-tables.ts';

const CONNECT_MS = 1000;
/** The server gives up first, so that its connection stays usable; the client, when the server is silent. */
const STATEMENT_MS = 1000;
const ANSWER_MS = 1500;

/** What waiting does not mend: no address; classes of SQLSTATE: authorization, no such database, no such right. */
const FOR_GOOD = /^(ERR_INVALID_URL|28|3D|42)/;

/** A pool of connections; they are made when they are needed. */
export function connectPostgres(url: string, onLoss: (error: unknown) => void): Connection {
  const settings = {
    connectionString: url,
    application_name: 'pregnancy-back-pain-cds',
    max: 8,
    connectionTimeoutMillis: CONNECT_MS,
    statement_timeout: STATEMENT_MS,
    query_timeout: ANSWER_MS,
    keepAlive: true,
    // A connection that hangs for ever is not kept for ever.
    maxLifetimeSeconds: 60,
  };
  const db = openPool(settings, onLoss);
  let prepared: Promise<void> | undefined;
  return {
    kind: 'postgresql',
    tables: sqlTables(db, {
      of: (json) => sql`json_array_elements(${json}::json)`,
      texts: (json) => sql`json_array_elements_text((${json})::json)`,
    }),
    prepare: () => {
      prepared ??= prepareSchema(url).catch((error) => {
        prepared = undefined;
        throw error;
      });
      return prepared;
    },
    close: () => db.destroy(),
  };
}

/** A connection of its own, without limits of time: a migration may take long. */
async function prepareSchema(url: string): Promise<void> {
  const db = openPool({ connectionString: url, max: 1, connectionTimeoutMillis: CONNECT_MS }, () => undefined);
  try {
    await migrate(db);
  } catch (error) {
    const { code, message } = error as { code?: string; message?: string };
    if (!FOR_GOOD.test(code ?? '') && !/corrupted migrations/.test(message ?? '')) throw error;
    throw new ServiceError('bad-configuration', 'DATABASE_URL cannot be used', [String(message)]);
  } finally {
    await db.destroy();
  }
}

/** A connection that breaks emits an error, idle or not; without a listener that would end this process. */
function openPool(settings: pg.PoolConfig, onLoss: (error: unknown) => void): Kysely<Schema> {
  const pool = new pg.Pool(settings);
  pool.on('error', onLoss);
  pool.on('connect', (client) => client.on('error', onLoss));
  return new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
}
