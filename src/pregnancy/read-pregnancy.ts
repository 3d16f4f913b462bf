/** Evidence of the dating items -> status, end, gestation interval, location (spec B.2). */
import type { Moment } from '../evidence/chart.ts';
import type { Candidate } from '../evidence/fact.ts';
import type { Evidence } from '../evidence/read-evidence.ts';
import type { PregnancyRole } from '../knowledge/fact-definition.ts';
import type { Topic } from '../knowledge/topic.ts';
import { type ByRole, datePregnancy } from './dating.ts';
import { type Gestation, UNKNOWN_GESTATION } from './gestation.ts';
import { AFTER_END, LOCATED_BY_GESTATION } from './standard-codes.ts';
import { type PregnancyEnd, readStatus, type Status } from './status.ts';

export type PregnancyReading = {
  status: Status;
  end: PregnancyEnd | undefined;
  gestation: Gestation;
  testPositive: boolean;
  testNegative: boolean;
  /** An intrauterine pregnancy was seen in this pregnancy; never unknown. */
  located: boolean;
  /** What the gestation and the status rest on. */
  basis: Candidate[];
  notes: string[];
};

/** Reads the pregnancy; no part of it is a topic's. */
export function readPregnancy(topic: Topic, { candidates, facts }: Evidence, moment: Moment): PregnancyReading {
  const byRole: ByRole = (role) => factsWithRole(topic, role).flatMap(({ name }) => candidates.get(name) ?? []);
  const dating = datePregnancy(byRole, facts, moment);
  const { status, end, evidence, test, notes } = readStatus(byRole, dating, moment);
  const seen = factsWithRole(topic, 'located').some(({ name }) => facts.get(name)?.value === true);
  const dated = dating.source && dating.source.candidate.source !== 'answer';
  const advanced = status === 'pregnant' && dated && dating.gestation.min >= LOCATED_BY_GESTATION;
  const undatedMax = end ? Math.min(UNKNOWN_GESTATION.max, end.daysAgo + AFTER_END) : UNKNOWN_GESTATION.max;
  return {
    status,
    end,
    gestation: dating.gestation.known ? dating.gestation : { ...UNKNOWN_GESTATION, max: undatedMax },
    testPositive: test?.says === 'pregnant',
    testNegative: test?.says === 'not',
    located: seen || advanced === true,
    basis: [...(dating.source ? [dating.source.candidate] : []), ...evidence.map(({ candidate }) => candidate)],
    notes: [...dating.notes, ...notes],
  };
}

const factsWithRole = (topic: Topic, wanted: PregnancyRole) => topic.facts.filter(({ role }) => role === wanted);
