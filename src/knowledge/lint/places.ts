/** Every compiled condition of a topic with the place it stands at, and what may be known there. */
import { type Atom, atomsOf, type Condition } from '../condition.ts';
import { LOOKED_UP } from '../names.ts';
import type { LevelGroup, Rule } from '../topic.ts';
import type { Subject } from './subject.ts';

/**
 * What is known at a place: `facts` only; all but gate and decision (`before-gate`); all but the decision
 * (`before-rules`, and in `urgent` rules); everything.
 */
export type Known = 'facts' | 'before-gate' | 'before-rules' | 'urgent' | 'everything';

export type Place = { file: string; element: string; condition: Condition; known: Known };

/** What findings call the lines that hooks add. */
export const HOOK_NOTE = 'hook-note';

/** All places of a topic. */
export function placesOf({ topic, file, fileOf }: Subject): Place[] {
  return [
    ...topic.variables.map(({ name, condition }) => ({ file, element: name, condition, known: knownTo(name) })),
    ...topic.closing.flatMap(({ fact, when, closedBy }) =>
      [...when, ...(closedBy ? [closedBy] : [])].map((condition): Place => {
        return { file: fileOf(fact.questionnaire), element: fact.name, condition, known: 'before-rules' };
      }),
    ),
    ...topic.setBy.map(({ fact, condition }): Place => {
      return { file: fileOf(fact.questionnaire), element: fact.name, condition, known: 'facts' };
    }),
    ...topic.hookNotes.flatMap(({ when }) =>
      when ? [{ file, element: HOOK_NOTE, condition: when, known: 'everything' as const }] : [],
    ),
    ...topic.allGroups.flatMap((group) => group.rules.flatMap((rule) => placesOfRule(rule, group, file))),
  ];
}

/** Rules whose being open raises a level: they may not mistake unknown for no. */
export const isUrgent = ({ raises }: LevelGroup): boolean => raises.length > 0;

/** The conditions of a rule: its alternatives, its actions' own, and its suppression. */
function placesOfRule(rule: Rule, group: LevelGroup, file: string): Place[] {
  const known = isUrgent(group) ? 'urgent' : 'everything';
  return [
    ...rule.alternatives.map(({ id, condition }): Place => ({ file, element: nameOf(rule.id, id), condition, known })),
    ...rule.actions.flatMap(({ id, conditions }) =>
      conditions.map((condition): Place => ({ file, element: id, condition, known: 'everything' })),
    ),
    ...(rule.suppressedWhen
      ? [{ file, element: rule.id, condition: rule.suppressedWhen, known: 'everything' as const }]
      : []),
  ];
}

/** Alternatives are called by rule and name; a rule without any by its id. */
export const nameOf = (rule: string, alternative: string): string =>
  rule === alternative ? rule : `${rule}.${alternative}`;

/** The atoms that stand at a place themselves, not through a named variable. */
export function ownAtoms(condition: Condition): Atom[] {
  if (condition.kind === 'atom') return [condition.atom];
  return condition.kind === 'named' ? [] : condition.parts.flatMap(ownAtoms);
}

/** All atoms that a condition reads, through named variables and through variables read by value; each once. */
export function allAtoms(condition: Condition): Atom[] {
  const found = new Set<Atom>();
  const add = (atom: Atom) => {
    if (found.has(atom)) return;
    found.add(atom);
    for (const variable of atom.variables) for (const inner of atomsOf(variable.condition)) add(inner);
  };
  for (const atom of atomsOf(condition)) add(atom);
  return [...found];
}

function knownTo(variable: string): Known {
  if (variable === LOOKED_UP.inPathway) return 'before-rules';
  const { discord, discordEarly, endedStillPossible } = LOOKED_UP;
  return [discord, discordEarly, endedStillPossible].includes(variable as typeof discord)
    ? 'before-gate'
    : 'everything';
}
