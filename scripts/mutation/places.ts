/** Every place of a topic that holds a condition. */
import { extensionExpression } from '../../src/fhir/extensions.ts';
import { atomsOf, type Condition, compileCondition, emptyScope, literalsOf } from '../../src/knowledge/condition.ts';
import type { ClosingItem } from '../../src/knowledge/fact-definition.ts';
import type { Stage } from '../../src/knowledge/names.ts';
import type { Alternative, Gate, HookNote, Rule, Topic } from '../../src/knowledge/topic.ts';
import type { InUse } from './in-use.ts';
import { type Mutant, whereSaid } from './mutant.ts';
import { shown } from './show-condition.ts';

/** A place that holds a condition. */
export type Place = {
  name: string;
  rules: string[];
  condition: Condition;
  put: (condition: Condition) => void;
  /** It is read over one set of values only: neither before the gate, nor while levels are reached, nor for each draft. */
  readOnce: boolean;
  /** Which cases may show what stands here; left out: any that reads it. */
  shownIn?: Mutant['reaches'];
  /** The gates, each with those that may hold beside it, in which it is read; empty = not known. */
  runsIn: ReadonlySet<Gate>[];
};

/** Variables in use, alternatives, suppressions, actions, closing items, facts set by others, notes of hooks. */
export function placesOf(topic: Topic, used: InUse): Place[] {
  return bare(topic, used).map((place) => ({ runsIn: [], ...place, readOnce: isReadOnce(place.condition, used) }));
}

function isReadOnce(condition: Condition, { readBeforeGate }: InUse): boolean {
  return atomsOf(condition).every((atom) => EARLY.has(atom.stage) && !readBeforeGate.has(atom));
}

const EARLY: ReadonlySet<Stage> = new Set(['facts', 'gate']);

type BarePlace = Omit<Place, 'readOnce' | 'runsIn'> & Partial<Pick<Place, 'runsIn'>>;

function bare(topic: Topic, { variables, rulesOf }: InUse): BarePlace[] {
  const rules = topic.allGroups.flatMap((group) => group.rules);
  const isGeneral = generalConditions(topic);
  return [
    ...[...variables].map((variable) => ({
      name: `%${variable.name}`,
      rules: [...new Set(atomsOf(variable.condition).flatMap(rulesOf))],
      condition: variable.condition,
      put: (condition: Condition) => {
        variable.condition = condition;
      },
    })),
    ...rules.flatMap((rule) => rule.alternatives.map((alternative) => alternativePlace(alternative, rule))),
    ...rules.flatMap(suppressionPlaces),
    ...rules.flatMap(actionPlaces),
    ...topic.closing.flatMap((item) => closingPlaces(item, isGeneral)),
    ...generalPlaces(topic, isGeneral),
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
const alternativePlace = (alternative: Alternative, { id, runsIn }: Rule): BarePlace => ({
  name: `${id} ${alternative.id}`,
  rules: [id],
  // Gates can only be added to these, which makes no positive gate name false.
  runsIn: [...runsIn].map((gate) => new Set([gate])),
  condition: alternative.condition,
  put: (condition) => {
    alternative.condition = condition;
    alternative.literals = literalsOf(condition);
  },
});

const notePlace = (name: string, note: HookNote, condition: Condition): BarePlace => ({
  name,
  rules: [],
  condition,
  put: (changed) => {
    note.when = changed;
  },
});

function suppressionPlaces(rule: Rule): BarePlace[] {
  if (!rule.suppressedWhen) return [];
  const put = (condition: Condition) => {
    rule.suppressedWhen = condition;
  };
  const { id, suppressedWhen: condition } = rule;
  return [{ name: `${id} suppressed`, rules: [id], condition, put, shownIn: whereSaid(id) }];
}

const actionPlaces = ({ id, actions }: Rule): BarePlace[] =>
  actions.flatMap(({ id: action, conditions }) =>
    conditions.map((condition, at) => ({
      ...listed(`${id} action ${action}`, [id], conditions, condition, at),
      shownIn: whereSaid(id),
    })),
  );

function closingPlaces(item: ClosingItem, isGeneral: IsGeneral): BarePlace[] {
  const { fact, when, closedBy } = item;
  const needed = when.flatMap((condition, at) =>
    isGeneral(condition) ? [] : [listed(`${fact.name} needed`, ['D01-i'], when, condition, at)],
  );
  if (!closedBy) return needed;
  const put = (condition: Condition) => {
    item.closedBy = condition;
  };
  return [...needed, { name: `${fact.name} closed`, rules: ['D01-i'], condition: closedBy, put }];
}

export type IsGeneral = (condition: Condition) => boolean;

/** A Questionnaire says once for all its symptoms when they are needed: one statement, whatever it was compiled to. */
export function generalConditions({ questionnaires }: Topic): IsGeneral {
  const texts = questionnaires.flatMap((questionnaire) => extensionExpression(questionnaire, 'closing-when') ?? []);
  const general = new Set(texts.map((text) => shown(compileCondition(text, emptyScope()))));
  return (condition) => general.has(shown(condition));
}

function generalPlaces({ closing }: Topic, isGeneral: IsGeneral): BarePlace[] {
  const all = closing.flatMap(({ when }) =>
    when.flatMap((condition, at) => (isGeneral(condition) ? [{ when, at, condition }] : [])),
  );
  const [first] = all;
  if (!first) return [];
  const put = (changed: Condition) => {
    for (const { when, at } of all) when[at] = changed;
  };
  return [{ name: 'all symptoms needed', rules: ['D01-i', 'D04'], condition: first.condition, put }];
}

const listed = (name: string, rules: string[], list: Condition[], condition: Condition, at: number): BarePlace => ({
  name: at === 0 ? name : `${name} (${at + 1})`,
  rules,
  condition,
  put: (changed) => {
    list[at] = changed;
  },
});
