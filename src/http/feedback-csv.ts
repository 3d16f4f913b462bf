/** Counted feedback as CSV (RFC 4180), one line for each rule, hook and month. */
import type { FeedbackRow } from '../cds-hooks/feedback-counts.ts';

const HEAD = ['rule', 'hook', 'month', 'shown', 'accepted', 'overridden', 'reasons'];

/** A spreadsheet must not take a text for a formula. */
function cell(value: string | number): string {
  const text = String(value);
  const inert = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}

/** Reasons stand in one cell: `other 2; wrong-data 1`. */
export function feedbackCsv(rows: FeedbackRow[]): string {
  const lines = rows.map(({ rule, hook, month, shown, accepted, overridden, reasons }) => {
    const words = Object.entries(reasons).map(([code, cards]) => `${code} ${cards}`);
    return [rule, hook, month, shown, accepted, overridden, words.join('; ')];
  });
  return [HEAD, ...lines].map((line) => `${line.map(cell).join(',')}\r\n`).join('');
}
