/** Feedback counted day by day: no statement takes long, and calls are answered in between. */
import { setImmediate } from 'node:timers/promises';
import {
  type CountFeedback,
  type FeedbackCount,
  type FeedbackRow,
  PRIVATE_RULES,
} from '../cds-hooks/feedback-counts.ts';
import { ServiceError } from '../errors.ts';
import type { Availability } from './availability.ts';
import type { Tables } from './tables.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Fewer private cards of a hook and month could tell whose they were. */
const FEWEST_PRIVATE = 5;

/** The counts of a store. A report that fails is no reason to take the database for lost. */
export function countFeedback(tables: Tables, database: Availability): CountFeedback {
  return async ({ from, until, plan }) => {
    const rows = new Map<string, FeedbackRow>();
    for (let day = from; day < until; day += DAY_MS) {
      if (database.isLost()) throw unavailable();
      for (const count of await countDay(tables, day, plan)) add(rows, count, new Date(day).toISOString().slice(0, 7));
      await setImmediate();
    }
    return [...rows]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([, row]) => row)
      .filter(({ rule, shown }) => rule !== PRIVATE_RULES || shown >= FEWEST_PRIVATE);
  };
}

/** A day is one question; a day with so many cards that a database takes too long is asked hour by hour. */
async function countDay(tables: Tables, from: number, plan: string | undefined): Promise<FeedbackCount[]> {
  try {
    return await tables.countFeedback({ from, until: from + DAY_MS, plan });
  } catch {
    const counts: FeedbackCount[] = [];
    for (let hour = from; hour < from + DAY_MS; hour += HOUR_MS) {
      const found = await tables.countFeedback({ from: hour, until: hour + HOUR_MS, plan }).catch(() => {
        throw unavailable();
      });
      counts.push(...found);
    }
    return counts;
  }
}

function add(rows: Map<string, FeedbackRow>, { rule, hook, reasons, ...count }: FeedbackCount, month: string): void {
  const key = JSON.stringify([month, rule, hook]);
  const row = rows.get(key) ?? { rule, hook, month, shown: 0, accepted: 0, overridden: 0, reasons: {} };
  rows.set(key, row);
  row.shown += count.shown;
  row.accepted += count.accepted;
  row.overridden += count.overridden;
  for (const [code, cards] of Object.entries(reasons)) row.reasons[code] = (row.reasons[code] ?? 0) + cards;
}

const unavailable = () => new ServiceError('store-unavailable', 'The feedback cannot be counted at the moment');
