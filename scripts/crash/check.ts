/** What must hold of a database after a crash. */
import type { CrashDatabase } from './databases.ts';
import { type Ehr, FEEDBACK, post } from './ehr.ts';
import type { Seen } from './load.ts';

const OUTCOMES = ['accepted', 'overridden'];
/** The last tokens before a crash are those that a crash could lose. */
const LAST_TOKENS = 5;

/** Acknowledged feedback that is not there, halves of a request, rows without a card, and what the database says itself. */
export async function databaseFaults(database: CrashDatabase, seen: Seen): Promise<string[]> {
  const rows = await database.query(
    'select feedback.card, outcome, uuid from feedback left join issued_card on uuid = card',
  );
  const kept = new Set(rows.map(({ card, outcome }) => `${card} ${outcome}`));
  const lost = seen.acknowledged.filter((entry) => !kept.has(entry));
  const halves = rows.filter(({ card }) => !OUTCOMES.every((outcome) => kept.has(`${card} ${outcome}`)));
  return [
    ...lost.map((entry) => `lost: ${entry}`),
    ...halves.map(({ card }) => `half of a request: ${card}`),
    ...rows.filter(({ uuid }) => uuid === null).map(({ card }) => `no card: ${card}`),
    ...(await database.integrity()),
  ];
}

/** Tokens that were used before the crash and are taken again. */
export async function replayFaults(base: string, ehr: Ehr, seen: Seen): Promise<string[]> {
  const faults: string[] = [];
  for (const token of seen.tokens.slice(-LAST_TOKENS)) {
    const { status } = await post(base, FEEDBACK, '{}', token);
    if (status !== 401) faults.push(`a used token was answered with ${status}`);
  }
  // A refusal of everything would look the same.
  const { status } = await post(base, FEEDBACK, '{}', ehr.token(FEEDBACK));
  return status === 400 ? faults : [...faults, `a fresh token was answered with ${status}`];
}
