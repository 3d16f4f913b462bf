/** DATABASE_URL -> a database. */

import type { Logger } from 'pino';
import { ServiceError } from '../errors.ts';
import type { Connection } from './connection.ts';
import { memoryTables } from './memory-tables.ts';

/** `chosen` by the site, or the default of a development machine. */
export type DatabaseChoice = { url: string; chosen: boolean };

/**
 * Connects to the database; drivers that are not needed are not loaded.
 * @param onLoss called when the connection breaks while nobody uses it
 * @throws ServiceError `bad-configuration`
 */
export async function connect(
  { url, chosen }: DatabaseChoice,
  log: Logger,
  onLoss: (error: unknown) => void,
): Promise<Connection> {
  const scheme = url.slice(0, url.indexOf(':'));
  if (scheme === 'memory') return inMemory();
  if (scheme !== 'sqlite') return (await import('./postgres.ts')).connectPostgres(url, onLoss);
  const file = url.slice('sqlite:'.length);
  try {
    return await (await import('./sqlite.ts')).connectSqlite(file);
  } catch (error) {
    const reason = String(error).split('\n')[0] ?? '';
    if (chosen) throw new ServiceError('bad-configuration', `DATABASE_URL ${url} cannot be opened`, [reason]);
    log.warn({ file, reason }, 'NOTHING IS KEPT: without a database, feedback and used tokens end with this process');
    return inMemory();
  }
}

function inMemory(): Connection {
  return { kind: 'memory', tables: memoryTables(), prepare: async () => {}, close: async () => {} };
}
