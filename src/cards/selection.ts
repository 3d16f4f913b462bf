/** What of a Decision is said, and in which order (spec C.2). */
import type { Decision, OpenAlternative, RaisedBy, RuleResult } from '../decision/decision.ts';
import type { Resolution } from '../evidence/read-resolutions.ts';
import type { FactDefinition } from '../knowledge/fact-definition.ts';
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
  const levels = topic.groups.map((group) => ({
    group,
    fired: results.filter(({ state, rule }) => state === 'fires' && rule.level === group.code),
    raised: results.flatMap((result) =>
      result.raised.filter(({ level }) => level === group.code).map((by) => ({ result, by })),
    ),
  }));
  return levels.filter(({ fired, raised }) => fired.length + raised.length > 0);
}

/** Fired rules that are printed: not suppressed, and a twin only when it adds an action (spec C.2-4, C.2-5). */
export function printedRules(results: RuleResult[]): RuleResult[] {
  const fired = results.filter(({ state, suppressed }) => state === 'fires' && !suppressed);
  return fired.filter(({ rule, actions }) => {
    const twin = fired.find((other) => other.rule.id === rule.twinOf);
    const known = new Set(twin?.actions.map(actionKey));
    return !twin || actions.some((action) => !known.has(actionKey(action)));
  });
}

/** Twins that fired and are not listed by themselves: their reasons are given with the rule (spec C.2-5). */
export function mergedTwins({ rule }: RuleResult, results: RuleResult[], printed: RuleResult[]): RuleResult[] {
  return results.filter((other) => {
    return other.rule.twinOf === rule.id && other.state === 'fires' && !other.suppressed && !printed.includes(other);
  });
}

/** Actions are the same when they draft the same thing or say the same words. */
export const actionKey = ({ activity, title }: RuleResult['actions'][number]): string => activity?.id ?? title;

/** Questions that would settle something now: closing items, and what leaves a raising rule open. */
export function questionsToAsk({ unanswered, results }: Decision): FactDefinition[] {
  const raising = results.flatMap(({ raised }) => raised.flatMap(({ open }) => open));
  const asked = [...unanswered, ...raising.flatMap(({ unknown }) => unknown)].filter(isAskable);
  return [...new Set(asked)].filter(({ confidential }) => !confidential);
}

/** Facts that leave rules of the most urgent levels open, of the kinds given. */
export function leftOpen(
  topic: Topic,
  { results }: Decision,
  isOfKind: (fact: FactDefinition) => boolean,
): FactDefinition[] {
  const urgent = new Set(topic.groups.filter(raisesWhenAsked).map(({ code }) => code));
  const open = results
    .filter(({ rule, state }) => state === 'open' && urgent.has(rule.level))
    .flatMap((result): OpenAlternative[] => result.open);
  const facts = open.flatMap(({ unknown }) => unknown).filter(isOfKind);
  return [...new Set(facts)].filter(({ confidential }) => !confidential);
}

export const isAskable = ({ class: factClass, readOnly }: FactDefinition): boolean =>
  (factClass === 'symptom' || factClass === 'context') && !readOnly;

export const isObservable = ({ class: factClass }: FactDefinition): boolean =>
  factClass === 'measured' || factClass === 'observer';

const raisesWhenAsked = ({ raises }: LevelGroup): boolean => raises.some(({ when }) => when === 'asked');
