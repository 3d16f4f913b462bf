/** The chosen time and service against what the level allows (spec E appointment-book). */
import type { Booking, Bookings } from '../evidence/read-appointments.ts';
import { codeKey } from '../fhir/codings.ts';
import type { Coding } from '../fhir/types.ts';
import type { LevelGroup, Rule } from '../knowledge/topic.ts';

export type BookingVerdict = {
  /** The latest start that the level allows; undefined = it sets none. */
  latest: number | undefined;
  /** The booking that was judged: the earliest of the right service. */
  chosen: Booking | undefined;
  /** The start is later than allowed, or nobody can tell. */
  late: boolean;
  /** Wrong services, when there is no booking of another. */
  wrong: Coding[];
  fellThrough: Booking[];
  /** Something fell through and nothing that is allowed stands in its place. */
  reopened: boolean;
};

/**
 * Judges bookings against a level.
 * @param rules the rules that reached the level: the shortest of their limits counts
 */
export function judgeBookings({ list }: Bookings, group: LevelGroup, rules: Rule[], now: number): BookingVerdict {
  const wrongKeys = new Set(group.wrongServices.map(codeKey));
  const isWrong = (coding: Coding) => wrongKeys.has(codeKey(coding));
  const fellThrough = list.filter((booking) => booking.fellThrough);
  const standing = list.filter((booking) => !booking.fellThrough);
  const right = standing.filter(({ services }) => !services.some(isWrong));
  const chosen = earliest(right.length > 0 ? right : standing);
  const latest = latestStart(group, rules, now);
  const late = latest !== undefined && (chosen?.start === undefined || chosen.start > latest);
  return {
    latest,
    chosen,
    late,
    wrong: right.length > 0 ? [] : standing.flatMap(({ services }) => services.filter(isWrong)),
    fellThrough,
    reopened: fellThrough.length > 0 && latest !== undefined && (late || right.length === 0),
  };
}

/** The latest start that a level allows, in milliseconds since 1970. */
export function latestStart({ limit }: LevelGroup, rules: Rule[], now: number): number | undefined {
  const limits = rules.flatMap((rule) => rule.limit ?? limit ?? []);
  return limits.length === 0 ? undefined : now + Math.min(...limits);
}

/** One whose start cannot be read comes last: nobody can rely on it. */
function earliest(bookings: Booking[]): Booking | undefined {
  const start = (booking: Booking) => booking.start ?? Number.POSITIVE_INFINITY;
  return bookings.reduce<Booking | undefined>(
    (first, next) => (first === undefined || start(next) < start(first) ? next : first),
    undefined,
  );
}
