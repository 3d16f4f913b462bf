/** Knowledge past the last day of its `effectivePeriod`: it goes on, and every card says so (docs/adr/0026). */
import { instantRange, printInstant } from '../fhir/dates.ts';

/** What says how long it holds. */
export type Dated = { id: string; version: string; effectiveUntil?: string | undefined };

type Moment = { now: number; zone: string };

/** `id|version`, as a card names its plan. */
export const nameOf = ({ id, version }: Dated): string => `${id}|${version}`;

/**
 * The last day on which it held, as people at the site write it: `22 Nov 2027`.
 * @returns undefined while it holds, and where no end is said
 */
export function overdueSince({ effectiveUntil }: Dated, { now, zone }: Moment): string | undefined {
  const end = instantRange(effectiveUntil, zone)?.to;
  return end === undefined || now <= end ? undefined : printInstant(end, zone).slice(0, -' 23:59'.length);
}

/** What of the given knowledge is past its period, by name. */
export const overdueIn = (knowledge: readonly Dated[], moment: Moment): string[] =>
  knowledge.filter((one) => overdueSince(one, moment) !== undefined).map(nameOf);
