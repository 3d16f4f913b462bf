/** Counts of what became of cards, put together. A card counts for each of its rules. */
import type { Overrides } from '../service.ts';

export type Row = Overrides['rows'][number];
export type Sum = Pick<Row, 'shown' | 'accepted' | 'overridden' | 'reasons'> & { key: string };

/** All rows of one rule, hook or month together, in the order in which they first come. */
export function summedBy(rows: Row[], key: 'rule' | 'hook' | 'month'): Sum[] {
  const sums = new Map<string, Sum>();
  for (const row of rows) {
    const sum = sums.get(row[key]) ?? { key: row[key], shown: 0, accepted: 0, overridden: 0, reasons: {} };
    const reasons = { ...sum.reasons };
    for (const [reason, count] of Object.entries(row.reasons)) reasons[reason] = (reasons[reason] ?? 0) + count;
    sums.set(row[key], {
      key: row[key],
      shown: sum.shown + row.shown,
      accepted: sum.accepted + row.accepted,
      overridden: sum.overridden + row.overridden,
      reasons,
    });
  }
  return [...sums.values()];
}

/** How much of what was shown was overridden: 0 to 1. */
export const rateOf = ({ shown, overridden }: Sum): number => (shown > 0 ? overridden / shown : 0);

/** Reasons of overrides, the most frequent first: of `overridden` so many for each. */
export function reasonsIn(rows: Row[]): { reason: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const { reasons } of rows) {
    for (const [reason, count] of Object.entries(reasons)) counts.set(reason, (counts.get(reason) ?? 0) + count);
  }
  return [...counts].map(([reason, count]) => ({ reason, count })).sort((a, b) => b.count - a.count);
}
