/** Every place of a topic that holds a condition. */
import { atomsOf, type Condition, literalsOf } from '../../src/knowledge/condition.ts';
import type { ClosingItem } from '../../src/knowledge/fact-definition.ts';
import type { Alternative, HookNote, Rule, Topic } from '../../src/knowledge/topic.ts';
import type { InUse } from './in-use.ts';

/** A place that holds a condition. */
export type Place = { name: string; rules: string[]; condition: Condition; put: (condition: Condition) => void };

/** Variables in use, alternatives, suppressions, actions, closing items, facts set by others, notes of hooks. */
export function placesOf(topic: Topic, { variables, rulesOf }: InUse): Place[] {
  const rules = topic.allGroups.flatMap((group) => group.rules);
  return [
    ...[...variables].map((variable) => ({
      name: `%${variable.name}`,
      rules: [...new Set(atomsOf(variable.condition).flatMap(rulesOf))],
      condition: variable.condition,
      put: (condition: Condition) => {
        variable.condition = condition;
      },
    })),
    ...rules.flatMap((rule) => rule.alternatives.map((alternative) => alternativePlace(alternative, rule.id))),
    ...rules.flatMap(suppressionPlaces),
    ...rules.flatMap(actionPlaces),
    ...topic.closing.flatMap(closingPlaces),
    ...topic.setBy.map((set) => ({
      name: `${set.fact.name} set`,
      rules: [],
      condition: set.condition,
      put: (condition: Condition) => {
        set.condition = condition;
      },
    })),
    ...topic.hookNotes.flatMap((note, at) =>
      note.when ? [notePlace(`note ${at + 1} at hooks`, note, note.when)] : [],
    ),
  ];
}

/** A place in an alternative: its literals follow its condition. */
const alternativePlace = (alternative: Alternative, rule: string): Place => ({
  name: `${rule} ${alternative.id}`,
  rules: [rule],
  condition: alternative.condition,
  put: (condition) => {
    alternative.condition = condition;
    alternative.literals = literalsOf(condition);
  },
});

const notePlace = (name: string, note: HookNote, condition: Condition): Place => ({
  name,
  rules: [],
  condition,
  put: (changed) => {
    note.when = changed;
  },
});

function suppressionPlaces(rule: Rule): Place[] {
  if (!rule.suppressedWhen) return [];
  const put = (condition: Condition) => {
    rule.suppressedWhen = condition;
  };
  return [{ name: `${rule.id} suppressed`, rules: [rule.id], condition: rule.suppressedWhen, put }];
}

const actionPlaces = ({ id, actions }: Rule): Place[] =>
  actions.flatMap(({ id: action, conditions }) =>
    conditions.map((condition, at) => listed(`${id} action ${action}`, [id], conditions, condition, at)),
  );

function closingPlaces(item: ClosingItem): Place[] {
  const { fact, when, closedBy } = item;
  const needed = when.map((condition, at) => listed(`${fact.name} needed`, ['D01-i'], when, condition, at));
  if (!closedBy) return needed;
  const put = (condition: Condition) => {
    item.closedBy = condition;
  };
  return [...needed, { name: `${fact.name} closed`, rules: ['D01-i'], condition: closedBy, put }];
}

const listed = (name: string, rules: string[], list: Condition[], condition: Condition, at: number): Place => ({
  name: at === 0 ? name : `${name} (${at + 1})`,
  rules,
  condition,
  put: (changed) => {
    list[at] = changed;
  },
});
