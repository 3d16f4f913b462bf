/** What of a plan is read at all: atoms and variables that a rule, closing item, action or note leads to. */
import type { Atom, Condition, Variable } from '../../src/knowledge/condition.ts';
import { LOOKED_UP } from '../../src/knowledge/names.ts';
import type { Topic } from '../../src/knowledge/topic.ts';

export type InUse = {
  atoms: ReadonlySet<Atom>;
  variables: ReadonlySet<Variable>;
  /** Atoms that may be read before the gate is known, when facts may still be set or set aside. */
  readBeforeGate: ReadonlySet<Atom>;
  /** Rules by the atoms that they read. */
  rulesOf: (atom: Atom) => string[];
};

/** Follows every condition of a topic down to its atoms. */
export function inUse(topic: Topic): InUse {
  const rules = topic.allGroups.flatMap((group) => group.rules);
  const variables = new Set<Variable>();
  const atoms = new Set<Atom>();
  for (const condition of otherConditions(topic)) collect(condition, atoms, variables);
  const readers = new Map<Atom, string[]>();
  for (const { id, alternatives, suppressedWhen, actions } of rules) {
    const own = new Set<Atom>();
    for (const { condition } of alternatives) collect(condition, own, variables);
    if (suppressedWhen) collect(suppressedWhen, own, variables);
    for (const { conditions } of actions) for (const condition of conditions) collect(condition, own, variables);
    for (const atom of own) readers.set(atom, [...(readers.get(atom) ?? []), id]);
  }
  for (const atom of readers.keys()) atoms.add(atom);
  const readBeforeGate = new Set<Atom>();
  for (const condition of beforeGate(topic)) collect(condition, readBeforeGate, variables);
  return { atoms, variables, readBeforeGate, rulesOf: (atom) => readers.get(atom) ?? [] };
}

const variablesNamed = (topic: Topic, names: string[]): Condition[] =>
  names.flatMap((name) => topic.variableByName.get(name) ?? []).map((variable) => ({ kind: 'named', variable }));

function beforeGate(topic: Topic): Condition[] {
  const { discord, discordEarly, endedStillPossible } = LOOKED_UP;
  return [
    ...topic.setBy.map(({ condition }) => condition),
    ...variablesNamed(topic, [discord, discordEarly, endedStillPossible]),
  ];
}

function otherConditions(topic: Topic): Condition[] {
  return [
    ...topic.closing.flatMap(({ when, closedBy }) => [...when, ...(closedBy ? [closedBy] : [])]),
    ...topic.hookNotes.flatMap(({ when }) => when ?? []),
    ...beforeGate(topic),
    ...variablesNamed(topic, Object.values(LOOKED_UP)),
  ];
}

/** Also through variables that an atom reads by value. */
function collect(condition: Condition, atoms: Set<Atom>, variables: Set<Variable>): void {
  if (condition.kind === 'named') {
    variables.add(condition.variable);
    collect(condition.variable.condition, atoms, variables);
  } else if (condition.kind === 'atom') {
    atoms.add(condition.atom);
    for (const variable of condition.atom.variables) collect({ kind: 'named', variable }, atoms, variables);
  } else {
    for (const part of condition.parts) collect(part, atoms, variables);
  }
}
