/** A database that can be used, of whichever kind. */
import type { Tables } from './tables.ts';

export type DatabaseKind = 'postgresql' | 'sqlite' | 'memory';

export type Connection = {
  kind: DatabaseKind;
  tables: Tables;
  /** Brings the schema up to date. May be called again. */
  prepare: () => Promise<void>;
  close: () => Promise<void>;
};
