/** What of a Decision is said, and in which order (spec C.2). */
import type { Decision, RaisedBy, RuleResult } from '../decision/decision.ts';
import type { Resolution } from '../evidence/read-resolutions.ts';
import type { FactDefinition } from '../knowledge/fact-definition.ts';
import { oncePer } from '../knowledge/once-per.ts';
import type { LevelGroup, Topic } from '../knowledge/topic.ts';

/** A level with what fired in it and what was raised to it. */
export type LevelFindings = {
  group: LevelGroup;
  fired: RuleResult[];
  raised: { result: RuleResult; by: RaisedBy }[];
  /** These findings were dealt with: the assessments by rule id. */
  settled?: ReadonlyMap<string, Resolution>;
};

/** Findings by level, most urgent first; levels without any are left out. */
export function findingsByLevel(topic: Topic, results: RuleResult[]): LevelFindings[] {
  const levels = new Map<string, LevelFindings>();
  const at = (level: string): LevelFindings | undefined => {
    const known = levels.get(level);
    const group = known ? undefined : topic.groups.find(({ code }) => code === level);
    if (!group) return known;
    const created = { group, fired: [], raised: [] };
    levels.set(level, created);
    return created;
  };
  for (const result of results) {
    if (result.state === 'fires') at(result.rule.level)?.fired.push(result);
    for (const by of result.raised) at(by.level)?.raised.push({ result, by });
  }
  return topic.groups.flatMap(({ code }) => levels.get(code) ?? []);
}

/** Fired rules that are printed: not suppressed, and a twin only when it adds an action (spec C.2-4, C.2-5). */
export const printedRules = oncePer((results: RuleResult[]): RuleResult[] => {
  const fired = results.filter(({ state, suppressed }) => state === 'fires' && !suppressed);
  return fired.filter(({ rule, actions }) => {
    const twin = fired.find((other) => other.rule.id === rule.twinOf);
    const known = new Set(twin?.actions.map(actionKey));
    return !twin || actions.some((action) => !known.has(actionKey(action)));
  });
});

/** Twins that fired and are not listed by themselves: their reasons are given with the rule (spec C.2-5). */
export function mergedTwins({ rule }: RuleResult, results: RuleResult[], printed: RuleResult[]): RuleResult[] {
  return results.filter((other) => {
    return other.rule.twinOf === rule.id && other.state === 'fires' && !other.suppressed && !printed.includes(other);
  });
}

/** Actions are the same when they draft the same thing or say the same words. */
export const actionKey = ({ activity, title }: RuleResult['actions'][number]): string => activity?.id ?? title;

/** Questions that would settle something now: closing items, and what leaves a raising rule open. */
export const questionsToAsk = oncePer(({ unanswered, results }: Decision): FactDefinition[] => {
  const asked = new Set<FactDefinition>();
  const ask = (fact: FactDefinition) => {
    if (isAskable(fact) && !fact.confidential) asked.add(fact);
  };
  for (const fact of unanswered) ask(fact);
  for (const { raised } of results) {
    for (const { open } of raised) for (const { unknown } of open) for (const fact of unknown) ask(fact);
  }
  return [...asked];
});

/** Facts that leave rules of the most urgent levels open, of the kinds given. */
export function leftOpen(
  topic: Topic,
  { results }: Decision,
  isOfKind: (fact: FactDefinition) => boolean,
): FactDefinition[] {
  const urgent = urgentLevels(topic.groups);
  const facts = new Set<FactDefinition>();
  for (const { rule, open } of results) {
    if (open.length === 0 || !urgent.has(rule.level)) continue;
    for (const { unknown } of open) {
      for (const fact of unknown) if (isOfKind(fact) && !fact.confidential) facts.add(fact);
    }
  }
  return [...facts];
}

export const isAskable = ({ class: factClass, readOnly }: FactDefinition): boolean =>
  (factClass === 'symptom' || factClass === 'context') && !readOnly;

export const isObservable = ({ class: factClass }: FactDefinition): boolean =>
  factClass === 'measured' || factClass === 'observer';

const urgentLevels = oncePer(
  (groups: LevelGroup[]): ReadonlySet<string> =>
    new Set(groups.filter(({ raises }) => raises.some(({ when }) => when === 'asked')).map(({ code }) => code)),
);
