/** The newest pregnancy test, and whether a positive one persists after an end (spec B.2 `persistingPositiveTest`). */
import type { Moment } from '../evidence/chart.ts';
import type { Candidate } from '../evidence/fact.ts';
import { localDay } from '../fhir/dates.ts';
import type { PregnancyEnd } from './pregnancy-end.ts';
import { PERSISTING_VALID, TEST_AFTER_END } from './standard-codes.ts';
import type { StatusEvidence } from './status-evidence.ts';

/** The newest test; of several of the same time the positive one. */
export function newestTest(evidence: StatusEvidence[]): StatusEvidence | undefined {
  const rank = { pregnant: 0, possible: 1, not: 2 };
  const tests = evidence.filter(({ kind }) => kind === 'tested');
  const [newest] = tests.sort(
    (a, b) =>
      b.time - a.time || rank[a.says] - rank[b.says] || a.candidate.reference.localeCompare(b.candidate.reference),
  );
  return newest;
}

export type Persisting = { value: boolean; test: Candidate };

/** Undefined when no test of the last days says it, or no pregnancy ended. */
export function persistingTest(
  test: StatusEvidence | undefined,
  end: PregnancyEnd | undefined,
  { now, zone }: Moment,
): Persisting | undefined {
  if (!test || !end || localDay(now, zone) - test.day > PERSISTING_VALID) return undefined;
  const value = test.says === 'pregnant' && test.day > end.earliest + TEST_AFTER_END;
  return { value, test: test.candidate };
}
