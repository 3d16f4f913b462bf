/** Mutations of what hangs on a condition as a whole, and of how hooks say a level. */
import { atomsOf, type Condition } from '../../src/knowledge/condition.ts';
import type { ClosingItem } from '../../src/knowledge/fact-definition.ts';
import type { HookCondition, LevelGroup, Rule, Topic } from '../../src/knowledge/topic.ts';
import { type Mutant, replacing, whereRead, whereSaid } from './mutant.ts';
import { generalConditions, type IsGeneral } from './places.ts';

/** Suppressions, conditions of actions and of notes, closing items: each left out as a whole. */
export function leftOutMutants(topic: Topic): Mutant[] {
  const isGeneral = generalConditions(topic);
  return [
    ...topic.allGroups.flatMap((group) => group.rules.flatMap(ofRule)),
    ...topic.closing.flatMap((item) => ofClosing(item, isGeneral)),
    ...topic.hookNotes.flatMap((note, at): Mutant[] =>
      note.when
        ? [
            {
              id: `note ${at + 1} at hooks: always`,
              rules: [],
              reaches: ({ hook, looksAtCards }) => looksAtCards && note.hooks.includes(hook),
              apply: replacing(note, 'when', undefined),
            },
          ]
        : [],
    ),
  ];
}

function ofRule(rule: Rule): Mutant[] {
  const { id, suppressedWhen, actions } = rule;
  const suppression = suppressedWhen
    ? [
        {
          id: `${id}: never suppressed`,
          rules: [id],
          reaches: whereSaid(id),
          apply: replacing(rule, 'suppressedWhen', undefined),
        },
      ]
    : [];
  const conditional = actions.filter(({ conditions }) => conditions.length > 0);
  return [
    ...suppression,
    ...conditional.map((action) => ({
      id: `${id} action ${action.id}: always`,
      rules: [id],
      reaches: whereSaid(id),
      apply: replacing(action, 'conditions', []),
    })),
  ];
}

function ofClosing(item: ClosingItem, isGeneral: IsGeneral): Mutant[] {
  const { fact, when, closedBy } = item;
  const rules = ['D01-i'];
  const left = when.flatMap((condition, at) =>
    isGeneral(condition)
      ? []
      : [
          {
            id: `${fact.name} needed: without reason ${at + 1}`,
            rules,
            reaches: readsAny([condition]),
            apply: replacing(item, 'when', when.toSpliced(at, 1)),
          },
        ],
  );
  if (!closedBy) return left;
  const byDefault = {
    id: `${fact.name} closed: by a plain no`,
    rules,
    reaches: readsAny([closedBy]),
    apply: replacing(item, 'closedBy', undefined),
  };
  return [...left, byDefault];
}

const readsAny = (conditions: Condition[]): Mutant['reaches'] => whereRead(conditions.flatMap(atomsOf));

const WHEN: HookCondition[] = ['unresolved', 'late', 'reopened', 'wrong-service', 'always'];

/** How hooks say a level: each wording left out, and each under each other condition. */
export function hookMutants(topic: Topic): Mutant[] {
  return topic.groups.flatMap((group) => group.atHook.flatMap((_, at) => ofWording(group, at)));
}

function ofWording(group: LevelGroup, at: number): Mutant[] {
  const said = group.atHook[at] as LevelGroup['atHook'][number];
  const mutant = (what: string, apply: Mutant['apply']): Mutant => ({
    id: `${group.code} at ${said.hook}, ${said.when}: ${what}`,
    rules: [],
    reaches: ({ hook, looksAtCards }) => looksAtCards && hook === said.hook,
    apply,
  });
  return [
    mutant('left out', replacing(group, 'atHook', group.atHook.toSpliced(at, 1))),
    ...WHEN.filter((when) => when !== said.when).map((when) => mutant(`when ${when}`, replacing(said, 'when', when))),
  ];
}
