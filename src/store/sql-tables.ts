/** The tables in a database that speaks SQL. Every write is one statement, so there are no half rows. */
import { type CompiledQuery, type Kysely, Migrator, sql } from 'kysely';
import type { FeedbackEntry } from '../cds-hooks/feedback.ts';
import type { Override } from '../cds-hooks/overrides.ts';
import type { Elements } from './elements.ts';
import { migrations } from './migrations.ts';
import type { Schema } from './schema.ts';
import { sqlAudit } from './sql-audit.ts';
import { sqlFeedbackCounts } from './sql-feedback.ts';
import { MOST_OVERRIDES, MOST_REMOVED, type Tables } from './tables.ts';

/** Brings the schema to the newest version; replicas that start together take turns. */
export async function migrate(db: Kysely<Schema>): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
}

/** Runs a query whose words are settled. */
export type Ask = <Row>(query: CompiledQuery<Row>) => Promise<Row[]>;

/** The tables of a database whose schema is the newest. @param ask a shorter way for what is asked at every call */
export function sqlTables(db: Kysely<Schema>, elements: Elements, ask: Ask = askThrough(db)): Tables {
  const overrides = overridesQuery(db);
  return {
    ...sqlAudit(db, elements),
    // Beside every answer: one parameter, however many cards, costs a fraction of what a list of values does.
    insertCards: async (cards) => {
      await sql`insert into issued_card (uuid, tenant, service, hook, plan, level, rules, fingerprint, issued_at)
        select value ->> 'uuid', value ->> 'tenant', value ->> 'service', value ->> 'hook', value ->> 'plan',
          value ->> 'level', value ->> 'rules', value ->> 'fingerprint', cast(value ->> 'issuedAt' as bigint)
        from ${elements.of(JSON.stringify(cards))} where true on conflict do nothing`.execute(db);
    },
    knownCards: async ({ tenant, service }, uuids) => {
      const found = await db
        .selectFrom('issued_card')
        .select('uuid')
        .where('uuid', 'in', uuids)
        .where('tenant', '=', tenant)
        .where('service', '=', service)
        .execute();
      return new Set(found.map(({ uuid }) => uuid));
    },
    insertFeedback: async (entries, receivedAt) => {
      await db
        .insertInto('feedback')
        .values(
          inOneOrder(
            entries.map((entry) => feedbackRow(entry, receivedAt)),
            keyOf,
          ).map((row) => ({
            ...row,
            fingerprint:
              row.outcome === 'overridden'
                ? db.selectFrom('issued_card').select('fingerprint').where('uuid', '=', row.card)
                : null,
          })),
        )
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },
    overridesOf: async ({ tenant, service }, fingerprint) => {
      const parameters = [fingerprint, tenant, service, MOST_OVERRIDES];
      const rows = await ask<OverrideRow>({ ...overrides, parameters });
      return rows.map(overrideOf).sort((one, other) => other.at - one.at);
    },
    countFeedback: sqlFeedbackCounts(db, elements.texts),
    keepSecret: async (name, secret) => {
      await db
        .insertInto('secret')
        .values({ name, value: secret })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      // Another statement, so that it sees what another replica has written in between.
      const kept = await db.selectFrom('secret').select('value').where('name', '=', name).executeTakeFirstOrThrow();
      return kept.value;
    },
    insertTokens: async (tokens) => {
      const rows = tokens.map(({ token, expires }) => ({ token, expires_at: expires }));
      const inserted = await db
        .insertInto('used_token')
        .values(inOneOrder(rows, ({ token }) => token))
        .onConflict((conflict) => conflict.doNothing())
        .returning('token')
        .execute();
      return new Set(inserted.map(({ token }) => token));
    },
    removeTokens: async (expiredBefore) => {
      const old = db.selectFrom('used_token').select('token').where('expires_at', '<', expiredBefore);
      const { numDeletedRows } = await db
        .deleteFrom('used_token')
        .where('token', 'in', old.limit(MOST_REMOVED))
        .executeTakeFirst();
      return Number(numDeletedRows);
    },
    removeCards: async (issuedBefore) => {
      const old = db.selectFrom('issued_card').select('uuid').where('issued_at', '<', issuedBefore);
      const { numDeletedRows } = await db
        .deleteFrom('issued_card')
        .where('uuid', 'in', old.limit(MOST_REMOVED))
        .executeTakeFirst();
      return Number(numDeletedRows);
    },
  };
}

const askThrough =
  (db: Kysely<Schema>): Ask =>
  async (query) =>
    (await db.executeQuery(query)).rows;

/** Asked at every call, so it is put into words once. Its parameters are the fingerprint, tenant, service and limit. */
const overridesQuery = (db: Kysely<Schema>) =>
  db
    .selectFrom('feedback')
    .innerJoin('issued_card', 'issued_card.uuid', 'feedback.card')
    .select(['outcome_at', 'received_at', 'reason_code', 'reason_system', 'hook', 'level', 'plan'])
    .where('feedback.fingerprint', '=', '')
    .where('tenant', '=', '')
    .where('service', '=', '')
    .orderBy('received_at', 'desc')
    .limit(MOST_OVERRIDES)
    .compile();

function feedbackRow(entry: FeedbackEntry, receivedAt: number): Omit<Schema['feedback'], 'fingerprint'> {
  const { reason, userComment } = (entry.outcome === 'overridden' && entry.overrideReason) || {};
  return {
    card: entry.card,
    outcome: entry.outcome,
    outcome_at: entry.outcomeTimestamp,
    accepted_suggestions:
      entry.outcome === 'accepted' ? JSON.stringify(entry.acceptedSuggestions.map(({ id }) => id)) : null,
    reason_system: reason?.system ?? null,
    reason_code: reason?.code ?? null,
    comment: userComment || null,
    received_at: receivedAt,
  };
}

type OverrideRow = Pick<Schema['feedback'], 'outcome_at' | 'received_at' | 'reason_code' | 'reason_system'> &
  Pick<Schema['issued_card'], 'hook' | 'level' | 'plan'>;

/** PostgreSQL sends large numbers as text. */
function overrideOf({ outcome_at, received_at, reason_code, reason_system, hook, level, plan }: OverrideRow): Override {
  const reason = reason_code === null ? undefined : { code: reason_code, system: reason_system ?? undefined };
  return { at: Math.min(Number(outcome_at), Number(received_at)), reason, hook, level: level ?? undefined, plan };
}

/** What makes two entries the same. */
const keyOf = ({ card, outcome, outcome_at }: Omit<Schema['feedback'], 'fingerprint'>): string =>
  `${card} ${outcome} ${outcome_at}`;

/** Statements that insert the same rows in different orders could each wait for the other for ever. */
function inOneOrder<Row>(rows: Row[], keyOf: (row: Row) => string): Row[] {
  return rows
    .map((row) => ({ row, key: keyOf(row) }))
    .sort((one, other) => (one.key < other.key ? -1 : 1))
    .map(({ row }) => row);
}
