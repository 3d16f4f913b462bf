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

const DAY_MS = 86_400_000;
/** Fewer private cards of a hook and month could tell whose they were. */
const FEWEST_PRIVATE = 5;

/** The counts of a store. A report that fails is no reason to take the database for lost. */
export function countFeedback(tables: Tables, database: Availability): CountFeedback {
  return async ({ from, until, plan }) => {
    const rows = new Map<string, FeedbackRow>();
    for (let day = from; day < until; day += DAY_MS) {
      if (database.isLost()) throw unavailable();
      const counts = await tables.countFeedback({ from: day, until: day + DAY_MS, plan }).catch(() => {
        throw unavailable();
      });
      for (const count of counts) add(rows, count, new Date(day).toISOString().slice(0, 7));
      await setImmediate();
    }
    return [...rows]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([, row]) => row)
      .filter(({ rule, shown }) => rule !== PRIVATE_RULES || shown >= FEWEST_PRIVATE);
  };
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
