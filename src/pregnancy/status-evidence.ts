/** Statements about being pregnant, from all sources, those that hold now (spec B.2 `pregnancyStatus`). */
import type { Moment } from '../evidence/chart.ts';
import type { Candidate } from '../evidence/fact.ts';
import { notFresh } from '../evidence/freshness.ts';
import { numberOf } from '../evidence/resolve.ts';
import type { PregnancyRole } from '../knowledge/fact-definition.ts';
import { type ByRole, newestOfEachSource, timeOf } from './by-role.ts';
import { lastDay } from './calendar.ts';
import type { DatingSource } from './dating-source.ts';
import { HCG_POSITIVE, HCG_POSSIBLE } from './standard-codes.ts';

/** One statement; `day` is the last day of the site's calendar that it speaks of. */
export type StatusEvidence = {
  says: 'pregnant' | 'possible' | 'not';
  kind: 'stated' | 'answered' | 'tested' | 'dated';
  day: number;
  time: number;
  candidate: Candidate;
};

type Said = Pick<StatusEvidence, 'says' | 'kind' | 'candidate'>;

/**
 * All statements that hold now.
 * @param possible false: a test alone shows no pregnancy (spec 0.5: a recorded pregnancy wins over age and sex)
 */
export function statusEvidence(
  byRole: ByRole,
  dated: DatingSource[],
  possible: boolean,
  moment: Moment,
): StatusEvidence[] {
  const said = [
    ...lasting(fresh(byRole.statements('status').map(dateOfOnset), moment)).flatMap(saying('stated')),
    ...newestOfEachSource(fresh(byRole.statements('known'), moment)).flatMap(saying('answered')),
    ...(possible ? tested(byRole, moment) : []),
    ...dated.filter(({ kind }) => kind !== 'period').map(bySource),
  ];
  return said.map(({ says, kind, candidate }) => ({
    says,
    kind,
    day: lastDay(candidate.at, moment),
    time: timeOf(candidate),
    candidate,
  }));
}

/** A diagnosis is as old as its onset, and over when the chart says when it ended. */
const dateOfOnset = (candidate: Candidate): Candidate =>
  candidate.began ? { ...candidate, at: candidate.began } : candidate;

function fresh(candidates: Candidate[], { now }: Moment): Candidate[] {
  const isOver = ({ over }: Candidate) => over !== undefined && over.to <= now;
  return candidates.filter((candidate) => !isOver(candidate) && notFresh(candidate, now, false) === undefined);
}

/** Observations replace each other; each diagnosis and each episode of care stands for itself. */
function lasting(candidates: Candidate[]): Candidate[] {
  const isObserved = ({ source }: Candidate) => source === 'observation';
  return [
    ...newestOfEachSource(candidates.filter(isObserved)),
    ...candidates.filter((candidate) => !isObserved(candidate)),
  ];
}

function tested(byRole: ByRole, moment: Moment): Said[] {
  const results = newestOfEachSource(fresh(byRole.statements('test'), moment)).flatMap(saying('tested'));
  const levels = byRole.statements('test-level').map(ofLevel);
  const window = byRole.facts('test')[0]?.window;
  const holding = levels.filter(({ says, candidate }) => {
    if (candidate.positivesOnly && says === 'not') return false;
    const sign = says === 'pregnant' ? 'positive' : 'negative';
    const fact = window ? { ...candidate.fact, window } : candidate.fact;
    return notFresh({ ...candidate, fact, sign }, moment.now, false) === undefined;
  });
  const newest = new Set(newestOfEachSource(holding.map(({ candidate }) => candidate)));
  return [...results, ...holding.filter(({ candidate }) => newest.has(candidate))];
}

function ofLevel(candidate: Candidate): Said {
  const value = numberOf(candidate.value) ?? 0;
  const says = value >= HCG_POSITIVE ? 'pregnant' : value >= HCG_POSSIBLE ? 'possible' : 'not';
  return { says, kind: 'tested', candidate };
}

const saying =
  (kind: StatusEvidence['kind']) =>
  (candidate: Candidate): Said[] => {
    const says = candidate.fact.options.find(({ value }) => value === candidate.value)?.pregnancyMeaning;
    return says === 'pregnant' || says === 'possible' || says === 'not' ? [{ says, kind, candidate }] : [];
  };

/** A due date or a recorded gestation says that she is pregnant; a last period alone does not. */
const bySource = ({ candidate }: DatingSource): Said => ({ says: 'pregnant', kind: 'dated', candidate });

/** Whether a statement of a role holds now. */
export function holdsNow(byRole: ByRole, role: PregnancyRole, moment: Moment): boolean {
  return fresh(byRole.statements(role), moment).some(({ value }) => value === true);
}
