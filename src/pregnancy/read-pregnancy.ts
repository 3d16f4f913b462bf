/** Evidence of the dating items -> status, end, gestation interval, location (spec B.2). */
import type { Moment } from '../evidence/chart.ts';
import type { Candidate } from '../evidence/fact.ts';
import type { Evidence } from '../evidence/read-evidence.ts';
import { localDay, startOfDay } from '../fhir/dates.ts';
import type { Topic } from '../knowledge/topic.ts';
import { type ByRole, sortByRole } from './by-role.ts';
import { type Dating, datePregnancy, sinceEnd } from './dating.ts';
import type { Gestation } from './gestation.ts';
import { locate } from './located.ts';
import { pregnancyPossible } from './possible.ts';
import { type PregnancyEnd, readEnds } from './pregnancy-end.ts';
import { readStatus, type Status, type StatusReading } from './status.ts';
import { holdsNow, statusEvidence } from './status-evidence.ts';
import { newestTest, type Persisting, persistingTest } from './test-results.ts';

export type PregnancyReading = {
  status: Status;
  /** The last end, unless a new pregnancy followed it. */
  end: PregnancyEnd | undefined;
  /** Something says that she is pregnant, too long after the end to speak of the ended pregnancy. */
  possibleSinceEnd: boolean;
  gestation: Gestation;
  /** What the gestation rests on; empty when unknown. */
  datedBy: Candidate[];
  /** Sources of dating disagree by more than the limits of ACOG CO 700. */
  datingConflict: boolean;
  /**
   * The instant at which the first day of this pregnancy (day 0) begins at the site: the earliest possible one.
   * Undefined when nothing bounds it.
   */
  beganAt: number | undefined;
  /** By age and sex (spec 0.5). */
  possible: boolean;
  /** A maternity contact or a pregnancy-coded reason is recorded. */
  inMaternityCare: boolean;
  testPositive: boolean;
  testNegative: boolean;
  /** A positive test later than is expected after the end. */
  persistingTest: Persisting | undefined;
  /** An intrauterine pregnancy was seen in this pregnancy, or it is far along in an antenatal record; never unknown. */
  located: boolean;
  /** Seen only; what is far along does not count. */
  seen: boolean;
  locatedBy: Candidate[];
  /** What the status rests on. */
  basis: Candidate[];
  notes: string[];
};

/** Reads the pregnancy; no part of it is a topic's. */
export function readPregnancy(topic: Topic, evidence: Evidence, moment: Moment): PregnancyReading {
  const byRole = sortByRole(topic, evidence);
  const possible = pregnancyPossible(evidence.patient, byRole, evidence.facts, moment);
  const ends = readEnds(byRole, moment);
  const dating = datePregnancy(byRole, ends.latest, moment);
  const statements = statusEvidence(byRole, dating.sources, possible, moment);
  const status = readStatus(statements, ends, dating, moment);
  const test = newestTest(statements);
  return {
    status: status.status,
    end: status.end,
    possibleSinceEnd: status.possibleSinceEnd,
    ...dated(byRole, ends.latest, status, dating, moment),
    possible,
    inMaternityCare: holdsNow(byRole, 'care', moment),
    testPositive: test?.says === 'pregnant',
    testNegative: test?.says === 'not',
    persistingTest: dating.sources.length > 0 ? undefined : persistingTest(test, status.end, moment),
    basis: statements.map(({ candidate }) => candidate),
    notes: [...dating.notes, ...status.notes],
  };
}

type Dated = Pick<
  PregnancyReading,
  'gestation' | 'datedBy' | 'datingConflict' | 'beganAt' | 'located' | 'seen' | 'locatedBy'
>;

function dated(
  byRole: ByRole,
  lastEnd: PregnancyEnd | undefined,
  { status, end }: StatusReading,
  dating: Dating,
  moment: Moment,
): Dated {
  const today = localDay(moment.now, moment.zone);
  // What may persist after an end is dated by the end alone.
  const isEnded = status === 'ended' && end !== undefined;
  const gestation = isEnded ? sinceEnd(end, today) : dating.gestation;
  const firstDay = gestation.known ? today - gestation.max : undefined;
  const location = locate(byRole, { dating, end: lastEnd, firstDay }, moment);
  return {
    gestation,
    datedBy: isEnded ? [] : dating.datedBy,
    datingConflict: dating.conflict,
    beganAt: firstDay === undefined ? undefined : startOfDay(firstDay, moment.zone),
    located: location.seen || (status === 'pregnant' && location.advanced),
    seen: location.seen,
    locatedBy: location.by,
  };
}
