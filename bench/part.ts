/** One part of the report: its table, what is compared from one version to the next, and how it stands to the aims. */
import type { Ratios } from './accepted.ts';
import { show } from './figures.ts';

export type Part = { table: string[]; ratios: Ratios; aims: string[] };

/** `name` says the limit; docs/performance.md says what is left where it is not reached. */
export const aim = (
  name: string,
  value: number | undefined,
  digits: number,
  isMet: (value: number) => boolean,
): string =>
  `${name}: ${value === undefined || Number.isNaN(value) ? 'n/a' : `${isMet(value) ? 'yes' : 'no'} (${show(value, digits)})`}`;
