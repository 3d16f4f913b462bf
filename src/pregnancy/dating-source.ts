/** What one recorded date or gestation says of now. */
import type { Candidate } from '../evidence/fact.ts';
import type { Interval } from './gestation.ts';
import type { DatingKind } from './standard-codes.ts';

/** One source, aged to now; its interval may lie outside a pregnancy. */
export type DatingSource = {
  kind: DatingKind;
  /** As recorded. */
  stated: Interval;
  /** With the margin of an uncertain date. */
  interval: Interval;
  candidate: Candidate;
};
