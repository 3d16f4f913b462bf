/** What became of the cards of a period, as a database that speaks SQL counts it. */
import { type Kysely, type RawBuilder, sql } from 'kysely';
import { type FeedbackCount, type FeedbackPeriod, PRIVATE_RULES } from '../cds-hooks/feedback-counts.ts';
import { REASON_CODES } from '../cds-hooks/override-reasons.ts';
import type { Schema } from './schema.ts';

type Counted = { rule: string; hook: string; shown: number; accepted: number; overridden: number };
type Reasoned = { rule: string; hook: string; reason: string; cards: number };

/** @param elements the function that makes a row, with a column `value`, of each text of a JSON array */
export function sqlFeedbackCounts(db: Kysely<Schema>, elements: (json: RawBuilder<unknown>) => RawBuilder<unknown>) {
  const rules = elements(sql`case when level = 'private' then ${sql.lit(`["${PRIVATE_RULES}"]`)} else rules end`);
  const has = (outcome: string) =>
    sql`sum(case when exists (select 1 from feedback where card = uuid and outcome = ${sql.lit(outcome)}) then 1 else 0 end)`;
  // A code that is not offered could be any text.
  const reason = sql`case when reason_code is null then 'not-said'
    when reason_code in (${sql.join(REASON_CODES.map((code) => sql.lit(code)))}) then reason_code else 'unlisted' end`;

  return async ({ from, until, plan }: FeedbackPeriod): Promise<FeedbackCount[]> => {
    const ofPlan = plan === undefined ? sql`` : sql`and (service = ${plan} or plan = ${plan})`;
    const chosen = sql`issued_at >= ${from} and issued_at < ${until} ${ofPlan}`;
    const counted = await sql<Counted>`select value as rule, hook, count(*) as shown,
        ${has('accepted')} as accepted, ${has('overridden')} as overridden
      from issued_card, ${rules} where ${chosen} group by 1, 2`.execute(db);
    if (counted.rows.length === 0) return [];
    const reasoned = await sql<Reasoned>`select value as rule, hook, ${reason} as reason, count(distinct uuid) as cards
      from issued_card inner join feedback on card = uuid, ${rules}
      where outcome = 'overridden' and ${chosen} group by 1, 2, 3`.execute(db);
    return counted.rows.map(({ rule, hook, ...counts }) => ({
      rule,
      hook,
      shown: Number(counts.shown),
      accepted: Number(counts.accepted),
      overridden: Number(counts.overridden),
      reasons: Object.fromEntries(
        reasoned.rows
          .filter((row) => row.rule === rule && row.hook === hook)
          .map((row) => [row.reason, Number(row.cards)]),
      ),
    }));
  };
}
