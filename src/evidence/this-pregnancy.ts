/** Facts about this pregnancy: what was said before its first day spoke of another one (spec B.4, architecture section 4). */
import type { Topic } from '../knowledge/topic.ts';
import type { Moment } from './chart.ts';
import type { Candidate, Facts, SetAside } from './fact.ts';
import type { Evidence } from './read-evidence.ts';
import { resolve } from './resolve.ts';
import { withUnknown } from './unknown.ts';

/**
 * Resolves the facts that ask for it again, from what was said since the first day.
 * @param since first instant of this pregnancy; undefined when it is not known: nothing is left out
 */
export function inThisPregnancy(topic: Topic, evidence: Evidence, since: number | undefined, { now }: Moment): Facts {
  if (since === undefined) return evidence.facts;
  const changed = new Map(evidence.facts);
  for (const definition of topic.facts) {
    const before = evidence.facts.get(definition.name);
    if (!definition.thisPregnancy || !before) continue;
    const all = evidence.candidates.get(definition.name) ?? [];
    const earlier = all.filter(({ at }) => at !== undefined && at.to < since);
    if (earlier.length === 0) continue;
    const inHospital = evidence.setting.inHospital;
    const own = all.filter((candidate) => !earlier.includes(candidate));
    const fact = resolve(definition, own, { now, inHospital });
    fact.setAside.push(...earlier.map(asAside), ...unread(before.setAside, all));
    changed.set(definition.name, withUnknown(fact, evidence.read));
  }
  return changed;
}

const asAside = ({ fact, reference, recorded, at }: Candidate): SetAside => ({
  fact,
  reference,
  recorded,
  at,
  reason: 'other-pregnancy',
});

/** What was set aside before it became a statement. */
const unread = (setAside: SetAside[], statements: Candidate[]): SetAside[] => {
  const stated = new Set(statements.map(({ reference }) => reference));
  return setAside.filter(({ reference }) => !stated.has(reference));
};
