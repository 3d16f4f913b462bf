/** AuditEvents in this process's memory. */
import type { AuditEntry } from '../cds-hooks/audited-call.ts';
import { type AuditTables, MOST_REMOVED } from './tables.ts';

/** A demonstration that runs for weeks forgets its oldest events instead of growing. */
const MOST_EVENTS = 10_000;

type Kept = AuditEntry & { dueAt: number | null };

export function memoryAudit(): AuditTables {
  const events = new Map<string, Kept>();
  const inOrder = () =>
    [...events.values()].sort((a, b) => a.recordedAt - b.recordedAt || (a.id < b.id ? -1 : Number(a.id > b.id)));
  const forget = (ids: string[]) => {
    for (const id of ids) events.delete(id);
    return ids.length;
  };
  return {
    insertAudit: async (entries, dueAt) => {
      for (const entry of entries) if (!events.has(entry.id)) events.set(entry.id, { ...entry, dueAt });
      forget([...events.keys()].slice(0, Math.max(0, events.size - MOST_EVENTS)));
    },
    auditAfter: async ({ from, until }, after, limit) =>
      inOrder()
        .filter(({ recordedAt }) => recordedAt >= from && recordedAt < until)
        .filter(({ recordedAt, id }) => {
          return recordedAt > after.recordedAt || (recordedAt === after.recordedAt && id > after.id);
        })
        .slice(0, limit)
        .map(({ dueAt: _, ...entry }) => entry),
    claimAudit: async (now, until, limit) => {
      const due = inOrder().filter(({ dueAt }) => dueAt !== null && dueAt <= now);
      return due.slice(0, limit).map((kept) => {
        kept.dueAt = until;
        const { dueAt: _, ...entry } = kept;
        return entry;
      });
    },
    settleAudit: async (ids) => {
      for (const id of ids) {
        const kept = events.get(id);
        if (kept) kept.dueAt = null;
      }
    },
    countDueAudit: async () => inOrder().filter(({ dueAt }) => dueAt !== null).length,
    removeAudit: async (recordedBefore) => {
      const old = inOrder().filter(({ recordedAt }) => recordedAt < recordedBefore);
      return forget(old.slice(0, MOST_REMOVED).map(({ id }) => id));
    },
  };
}
