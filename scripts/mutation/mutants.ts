/** Every mutant of a topic: one change each, of a comparison, threshold, literal, connective, gate, group or level. */
import { type Atom, atomsOf, type Condition } from '../../src/knowledge/condition.ts';
import type { ClosingItem } from '../../src/knowledge/fact-definition.ts';
import type { Rule, Topic } from '../../src/knowledge/topic.ts';
import type { Mutant } from './mutant.ts';
import { atomMutants, conditionMutants, type Place, placeOf } from './mutate-conditions.ts';
import { raiseMutants, ruleMutants } from './mutate-rules.ts';

/** All mutants, in a fixed order. */
export function mutantsOf(topic: Topic): Mutant[] {
  const rules = topic.allGroups.flatMap((group) => group.rules);
  const readers = readersOf(rules);
  const rulesOf = (atom: Atom) => readers.get(atom) ?? [];
  return [
    ...atomMutants(topic, rulesOf),
    ...places(topic, rules, rulesOf).flatMap(conditionMutants),
    ...ruleMutants(topic.groups),
    ...ruleMutants(topic.orderGroups),
    ...raiseMutants(topic),
  ];
}

function readersOf(rules: Rule[]): Map<Atom, string[]> {
  const readers = new Map<Atom, string[]>();
  for (const { id, alternatives } of rules) {
    for (const atom of new Set(alternatives.flatMap(({ condition }) => atomsOf(condition)))) {
      readers.set(atom, [...(readers.get(atom) ?? []), id]);
    }
  }
  return readers;
}

function places(topic: Topic, rules: Rule[], rulesOf: (atom: Atom) => string[]): Place[] {
  const readers = (condition: Condition) => [...new Set(atomsOf(condition).flatMap(rulesOf))];
  return [
    ...topic.variables.map((variable) => ({
      name: `%${variable.name}`,
      rules: readers(variable.condition),
      condition: variable.condition,
      put: (condition: Condition) => {
        variable.condition = condition;
      },
    })),
    ...rules.flatMap((rule) => rule.alternatives.map((alternative) => placeOf(alternative, rule.id))),
    ...topic.closing.flatMap((item) => closingPlaces(item).map((place) => ({ ...place, rules: ['D01-i'] }))),
    ...rules.flatMap(suppressionPlaces),
  ];
}

function closingPlaces(item: ClosingItem): Omit<Place, 'rules'>[] {
  const when = item.when.map((condition, at) => ({
    name: `${item.fact.name} needed`,
    condition,
    put: (changed: Condition) => {
      item.when[at] = changed;
    },
  }));
  if (!item.closedBy) return when;
  const closedBy = {
    name: `${item.fact.name} closed`,
    condition: item.closedBy,
    put: (changed: Condition) => {
      item.closedBy = changed;
    },
  };
  return [...when, closedBy];
}

function suppressionPlaces(rule: Rule): Place[] {
  if (!rule.suppressedWhen) return [];
  const put = (condition: Condition) => {
    rule.suppressedWhen = condition;
  };
  return [{ name: `${rule.id} suppressed`, rules: [rule.id], condition: rule.suppressedWhen, put }];
}
