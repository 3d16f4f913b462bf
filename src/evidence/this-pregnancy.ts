/** Facts about this pregnancy: what was said before its first day spoke of another one (spec B.4, architecture section 4). */
import type { Topic } from '../knowledge/topic.ts';
import type { Moment } from './chart.ts';
import type { Candidate, Fact, Facts, SetAside } from './fact.ts';
import { withChanged } from './fact-sheet.ts';
import type { Evidence } from './read-evidence.ts';
import { resolve } from './resolve.ts';
import { withUnknown } from './unknown.ts';

/**
 * Resolves the facts that ask for it again, from what was said since the first day.
 * @param since first instant of this pregnancy; undefined when it is not known: nothing is left out
 */
export function inThisPregnancy(topic: Topic, evidence: Evidence, since: number | undefined, { now }: Moment): Facts {
  if (since === undefined) return evidence.facts;
  const at = { now, inHospital: evidence.setting.inHospital };
  const changed: Fact[] = [];
  for (const [name, all] of evidence.candidates) {
    const definition = topic.factByName.get(name);
    const before = evidence.facts.get(name);
    if (!definition?.thisPregnancy || !before || !all.some((one) => isBefore(one, since))) continue;
    const earlier = all.filter((one) => isBefore(one, since));
    const own = all.filter((one) => !isBefore(one, since));
    const fact = resolve(definition, own, at, [...earlier.map(asAside), ...unread(before.setAside, all)]);
    changed.push(withUnknown(fact, evidence.read));
  }
  return withChanged(evidence.facts, changed);
}

const isBefore = ({ at }: Candidate, since: number): boolean => at !== undefined && at.to < since;

const asAside = ({ fact, reference, recorded, at }: Candidate): SetAside => ({
  fact,
  reference,
  recorded,
  at,
  reason: 'other-pregnancy',
});

/** What was set aside before it became a statement. */
const unread = (setAside: readonly SetAside[], statements: Candidate[]): SetAside[] => {
  const stated = new Set(statements.map(({ reference }) => reference));
  return setAside.filter(({ reference }) => !stated.has(reference));
};
