/** A number or a yes that was computed from other statements. */
import type { Candidate } from './fact.ts';

export type Computed = {
  value: number | boolean;
  /** What was compared, in words. */
  recorded: string;
  /** Since when it is so: milliseconds since 1970. */
  at: number;
  from: Pick<Candidate, 'reference'>[];
};
