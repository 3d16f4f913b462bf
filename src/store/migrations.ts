/** Versions of the schema, in order of their names. One that was released is never changed: add the next. */
import { type Kysely, type Migration, sql } from 'kysely';

export const migrations: Record<string, Migration> = {
  '0001-cards-feedback-tokens': { up: firstTables },
  '0002-secrets': { up: secrets },
  '0003-overrides-by-finding': { up: overridesByFinding },
  '0004-audit': { up: audit },
};

async function firstTables(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('issued_card')
    .addColumn('uuid', 'text', (column) => column.primaryKey())
    .addColumn('tenant', 'text', (column) => column.notNull())
    .addColumn('service', 'text', (column) => column.notNull())
    .addColumn('hook', 'text', (column) => column.notNull())
    .addColumn('plan', 'text', (column) => column.notNull())
    .addColumn('level', 'text')
    .addColumn('rules', 'text', (column) => column.notNull())
    .addColumn('fingerprint', 'text')
    .addColumn('issued_at', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('issued_card_issued_at').on('issued_card').column('issued_at').execute();
  await db.schema
    .createTable('feedback')
    .addColumn('card', 'text', (column) => column.notNull().references('issued_card.uuid').onDelete('cascade'))
    .addColumn('outcome', 'text', (column) => column.notNull())
    .addColumn('outcome_at', 'bigint', (column) => column.notNull())
    .addColumn('accepted_suggestions', 'text')
    .addColumn('reason_system', 'text')
    .addColumn('reason_code', 'text')
    .addColumn('comment', 'text')
    .addColumn('received_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('feedback_once', ['card', 'outcome', 'outcome_at'])
    .execute();
  await db.schema
    .createTable('used_token')
    .addColumn('token', 'text', (column) => column.primaryKey())
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('used_token_expires_at').on('used_token').column('expires_at').execute();
}

async function secrets(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('secret')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('value', 'text', (column) => column.notNull())
    .execute();
}

/** The fingerprint stands on the few overrides, not in an index over all cards: issuing a card stays as cheap as it was. */
async function overridesByFinding(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('feedback').addColumn('fingerprint', 'text').execute();
  await sql`update feedback set fingerprint = (select fingerprint from issued_card where uuid = feedback.card)
    where outcome = 'overridden'`.execute(db);
  await db.schema.createIndex('feedback_fingerprint').on('feedback').column('fingerprint').execute();
}

async function audit(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('audit_event')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('recorded_at', 'bigint', (column) => column.notNull())
    .addColumn('event', 'text', (column) => column.notNull())
    .addColumn('due_at', 'bigint')
    .execute();
  await db.schema.createIndex('audit_event_recorded_at').on('audit_event').columns(['recorded_at', 'id']).execute();
  // The few that are due; without a server to hand them to, it stays empty.
  await sql`create index audit_event_due_at on audit_event (due_at) where due_at is not null`.execute(db);
}
