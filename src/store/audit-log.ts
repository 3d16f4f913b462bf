/** AuditEvents of answered calls: on their way to the database, read out of it, and handed on from it. */
import { setImmediate } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { AuditEntry, ReadAudit } from '../cds-hooks/audited-call.ts';
import { ServiceError } from '../errors.ts';
import type { Availability } from './availability.ts';
import type { Tables } from './tables.ts';
import { type WriteBehind, writeBehind } from './write-behind.ts';

/** Some 400 KiB. */
const PAGE = 250;
/** Who claims some and dies leaves them to others after this time. */
const CLAIMED_MS = 60_000;

/** For whoever hands events on; the same event may be claimed again after a crash. */
type AuditDue = {
  /** Some that nobody else has claimed, the longest due first. */
  claim: (limit: number) => Promise<AuditEntry[]>;
  /** These are done with. */
  settle: (ids: string[]) => Promise<void>;
  /** How many are not done with. */
  count: () => Promise<number>;
};

export type AuditLog = WriteBehind<AuditEntry> & { read: ReadAudit; due: AuditDue };

type Parts = {
  tables: Tables;
  database: Availability;
  log: Logger;
  clock: () => number;
  /** Events are to be handed on. */
  forwards: boolean;
};

export function auditLog({ tables, database, log, clock, forwards }: Parts): AuditLog {
  const write = (entries: AuditEntry[]) => database.use(() => tables.insertAudit(entries, forwards ? clock() : null));
  const queue = writeBehind(write, () => log.error('AuditEvents are dropped: the audit has a gap'));
  return {
    ...queue,
    async *read({ from, until }) {
      let after = { recordedAt: 0, id: '' };
      for (;;) {
        if (database.isLost()) throw unavailable();
        const page = await tables.auditAfter({ from, until }, after, PAGE).catch(() => {
          throw unavailable();
        });
        if (page.length > 0) yield page;
        const last = page.at(-1);
        if (last === undefined || page.length < PAGE) return;
        after = last;
        await setImmediate();
      }
    },
    due: {
      claim: (limit) => database.use(() => tables.claimAudit(clock(), clock() + CLAIMED_MS, limit)),
      settle: (ids) => database.use(() => tables.settleAudit(ids)),
      count: () => database.use(() => tables.countDueAudit()),
    },
  };
}

const unavailable = () => new ServiceError('store-unavailable', 'The audit cannot be read at the moment');
