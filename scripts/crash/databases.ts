/** The two databases, and the ways in which each can fail. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '../../test/harness/postgres.ts';

type Rows = Record<string, unknown>[];

/** Ends what an outage began. */
type Mend = () => Promise<void>;

export type CrashDatabase = {
  name: string;
  url: string;
  query: (text: string) => Promise<Rows>;
  /** What the database itself says of its files. */
  integrity: () => Promise<string[]>;
  /** By name; each takes the process id of the service. */
  outages: Record<string, (pid: number) => Promise<Mend>>;
  remove: () => Promise<void>;
};

/** One file. */
export async function sqliteDatabase(): Promise<CrashDatabase> {
  const { default: Sqlite } = await import('better-sqlite3');
  const folder = mkdtempSync(join(tmpdir(), 'crash-sqlite-'));
  const file = join(folder, 'store.sqlite');
  const query = async (text: string) => {
    const database = new Sqlite(file, { timeout: 5_000 });
    try {
      return database.prepare<unknown[], Record<string, unknown>>(text).all();
    } finally {
      database.close();
    }
  };
  /** The disk as the service sees it: a file may not grow beyond so many bytes; writes fail, as they do when it is full. */
  const limitFiles = async (pid: number, bytes: number): Promise<Mend> => {
    const limit = (value: string) => execFileSync('prlimit', ['--pid', `${pid}`, `--fsize=${value}`]);
    limit(`${bytes}:unlimited`);
    return async () => void limit('unlimited:unlimited');
  };
  const lock = async (): Promise<Mend> => {
    const other = new Sqlite(file, { timeout: 5_000 });
    other.exec('begin immediate');
    return async () => {
      other.exec('rollback');
      other.close();
    };
  };
  return {
    name: 'SQLite',
    url: `sqlite:${file}`,
    query,
    integrity: async () => {
      const said = (await query('pragma integrity_check')).map((row) => String(row.integrity_check));
      const orphans = await query('pragma foreign_key_check');
      return [...said.filter((line) => line !== 'ok'), ...orphans.map((row) => `orphan ${JSON.stringify(row)}`)];
    },
    outages: {
      locked: lock,
      full: (pid) => limitFiles(pid, statSync(`${file}-wal`).size),
      'not writable': (pid) => limitFiles(pid, 0),
    },
    remove: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Every row of every table (rows are what is wrong), and every index against its table (an error says what is wrong). */
const CHECK_POSTGRES = `create extension if not exists amcheck;
  select bt_index_check(oid, true) from pg_index join pg_class on oid = indexrelid
    where relnamespace = 'public'::regnamespace;
  select relname, found.* from pg_class, lateral verify_heapam(oid) found where relnamespace = 'public'::regnamespace and relkind = 'r'`;

/** A server of its own. */
export async function postgresDatabase(): Promise<CrashDatabase> {
  const postgres = await startPostgres();
  return {
    name: 'PostgreSQL',
    url: postgres.url,
    query: postgres.query,
    integrity: async () => {
      try {
        const rows = await postgres.query(CHECK_POSTGRES);
        return rows.map((row) => `heap ${JSON.stringify(row)}`);
      } catch (error) {
        return [`index: ${error}`];
      }
    },
    outages: {
      'kill -9': async () => {
        await postgres.kill();
        return postgres.start;
      },
      'immediate stop': async () => {
        await postgres.crash();
        return postgres.start;
      },
    },
    remove: postgres.remove,
  };
}
