/** Whether an intrauterine pregnancy was seen in this pregnancy (spec B.2 `pregnancyLocated`): never unknown. */
import type { Moment } from '../evidence/chart.ts';
import type { Candidate } from '../evidence/fact.ts';
import { notFresh } from '../evidence/freshness.ts';
import { localDay } from '../fhir/dates.ts';
import { type ByRole, isAnswer, timeOf } from './by-role.ts';
import { lastDay, pastDays } from './calendar.ts';
import type { Dating } from './dating.ts';
import type { DatingSource } from './dating-source.ts';
import type { PregnancyEnd } from './pregnancy-end.ts';
import { LOCATED_BY_GESTATION, LOCATED_BY_ULTRASOUND, LOCATED_UNDATED } from './standard-codes.ts';

export type Location = {
  /** Seen or heard: a diagnosis, a fetal heart, a scan that dated it. */
  seen: boolean;
  /** So far along, in an antenatal record, that it counts as seen. */
  advanced: boolean;
  by: Candidate[];
};

type Context = {
  dating: Dating;
  /** Ends of earlier pregnancies, whether or not a new one followed. */
  end: PregnancyEnd | undefined;
  /** First day of this pregnancy, the earliest possible. */
  firstDay: number | undefined;
};

/** What shows where the pregnancy is; a sign without a date, or of an earlier pregnancy, shows nothing. */
export function locate(byRole: ByRole, { dating, end, firstDay }: Context, moment: Moment): Location {
  const today = localDay(moment.now, moment.zone);
  const isOfThisPregnancy = (candidate: Candidate) => {
    const on = pastDays(candidate.began ?? candidate.at, moment);
    // A preliminary sign may be wrong, and would reassure.
    if (!on || candidate.positivesOnly || notFresh(candidate, moment.now, false) !== undefined) return false;
    return (!end || on.from > end.day) && on.to >= (firstDay ?? today - LOCATED_UNDATED);
  };
  const stated = byRole.statements('located').filter(isOfThisPregnancy);
  const denied = Math.max(
    Number.NEGATIVE_INFINITY,
    ...stated.flatMap((candidate) => (candidate.value === false ? timeOf(candidate) : [])),
  );
  const by = [
    ...stated.filter((candidate) => candidate.value === true && timeOf(candidate) >= denied),
    ...byRole.statements('fetal-heart').filter(isOfThisPregnancy),
    ...dating.sources.flatMap(bigEnough(moment)),
  ];
  const inRecord = dating.datedBy.some((candidate) => !isAnswer(candidate));
  const advanced = inRecord && dating.gestation.known && dating.gestation.min >= LOCATED_BY_GESTATION;
  return { seen: by.length > 0, advanced, by };
}

/** The scan measured it when it was at least 6+0. */
const bigEnough =
  (moment: Moment) =>
  ({ kind, interval, candidate }: DatingSource): Candidate[] => {
    if (kind !== 'ultrasound-gestation' || candidate.positivesOnly) return [];
    const since = lastDay({ from: moment.now, to: moment.now }, moment) - lastDay(candidate.at, moment);
    return interval.min - since >= LOCATED_BY_ULTRASOUND ? [candidate] : [];
  };
