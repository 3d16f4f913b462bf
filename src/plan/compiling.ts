/** What the parts of a plan are compiled with. */
import type { Query } from './plan.ts';
import type { PlanSources } from './sources.ts';

/** Where a fault is said: element and reason. */
export type Report = (element: string, reason: string) => void;

export type Checking = {
  report: Report;
  /** Every name that some expression reads; filled while compiling. */
  reads: Set<string>;
};

export type Compiling = Checking & {
  sources: PlanSources;
  /** Urls of the plans around, the outermost first. */
  within: string[];
  /** By template, so that each is asked once; filled while compiling. */
  queries: Map<string, Query>;
};
