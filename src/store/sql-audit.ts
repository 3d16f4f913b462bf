/** AuditEvents in a database that speaks SQL. Every write is one statement. */
import { type Kysely, sql } from 'kysely';
import type { AuditEntry } from '../cds-hooks/audited-call.ts';
import type { Elements } from './elements.ts';
import type { Schema } from './schema.ts';
import { type AuditTables, MOST_REMOVED } from './tables.ts';

export function sqlAudit(db: Kysely<Schema>, elements: Elements): AuditTables {
  return {
    insertAudit: async (entries, dueAt) => {
      await sql`insert into audit_event (id, recorded_at, event, due_at)
        select value ->> 'id', cast(value ->> 'recordedAt' as bigint), value ->> 'event', cast(${dueAt} as bigint)
        from ${elements.of(JSON.stringify(entries))} where true on conflict do nothing`.execute(db);
    },
    auditAfter: async ({ from, until }, { recordedAt, id }, limit) => {
      const rows = await db
        .selectFrom('audit_event')
        .select(['id', 'recorded_at', 'event'])
        .where('recorded_at', '>=', from)
        .where('recorded_at', '<', until)
        .where(sql<boolean>`(recorded_at, id) > (${recordedAt}, ${id})`)
        .orderBy('recorded_at')
        .orderBy('id')
        .limit(limit)
        .execute();
      return rows.map(entryOf);
    },
    claimAudit: async (now, until, limit) => {
      const due = db.selectFrom('audit_event').select('id').where('due_at', '<=', now).orderBy('due_at').limit(limit);
      // Said twice: of two replicas that chose the same rows, the second finds them claimed.
      const rows = await db
        .updateTable('audit_event')
        .set({ due_at: until })
        .where('id', 'in', due)
        .where('due_at', '<=', now)
        .returning(['id', 'recorded_at', 'event'])
        .execute();
      return rows.map(entryOf);
    },
    settleAudit: async (ids) => {
      await db.updateTable('audit_event').set({ due_at: null }).where('id', 'in', ids).execute();
    },
    countDueAudit: async () => {
      const row = await db
        .selectFrom('audit_event')
        .select(({ fn }) => fn.countAll().as('due'))
        .where('due_at', 'is not', null)
        .executeTakeFirstOrThrow();
      return Number(row.due);
    },
    removeAudit: async (recordedBefore) => {
      const old = db.selectFrom('audit_event').select('id').where('recorded_at', '<', recordedBefore);
      const { numDeletedRows } = await db
        .deleteFrom('audit_event')
        .where('id', 'in', old.limit(MOST_REMOVED))
        .executeTakeFirst();
      return Number(numDeletedRows);
    },
  };
}

/** PostgreSQL sends large numbers as text. */
const entryOf = (row: Pick<Schema['audit_event'], 'id' | 'recorded_at' | 'event'>): AuditEntry => ({
  id: row.id,
  recordedAt: Number(row.recorded_at),
  event: row.event,
});
