/** Mutations of rules and level groups: alternatives, gates, levels, what an open rule raises. */
import { type Atom, atomsOf } from '../../src/knowledge/condition.ts';
import type { Gate, LevelGroup, Rule, Topic } from '../../src/knowledge/topic.ts';
import { truthByGate } from './by-gate.ts';
import { type Mutant, replacing, whereRead } from './mutant.ts';

const GATES: Gate[] = ['PREG', 'POSS', 'ENDED', 'LATEPOST', 'OUT'];

/** Every rule: without each alternative, in each other gate, one level up and down. @param runsAt at which hooks */
export function ruleMutants(groups: LevelGroup[], runsAt: (hook: string) => boolean = () => true): Mutant[] {
  return groups.flatMap((group, at) =>
    group.rules.flatMap((rule) => [
      ...alternativeMutants(rule),
      ...GATES.map((gate) => gateMutant(rule, gate, runsAt)),
      ...[groups[at - 1], groups[at + 1]].flatMap((to) => (to ? [levelMutant(rule, group, to)] : [])),
    ]),
  );
}

function alternativeMutants(rule: Rule): Mutant[] {
  return rule.alternatives.map(({ id, condition }, at) => ({
    id: `${rule.id}: without alternative ${id}`,
    rules: [rule.id],
    reaches: whereRead(atomsOf(condition)),
    apply: replacing(rule, 'alternatives', rule.alternatives.toSpliced(at, 1)),
  }));
}

function gateMutant(rule: Rule, gate: Gate, runsAt: (hook: string) => boolean): Mutant {
  const gates = new Set(rule.runsIn);
  const runs = gates.delete(gate);
  if (!runs) gates.add(gate);
  return {
    id: `${rule.id}: ${runs ? 'not in' : 'also in'} ${gate}`,
    rules: [rule.id],
    reaches: (seen) => runsAt(seen.hook) && inGate(gate)(seen),
    // Where a rule runs in another gate anyway, the mutant changes nothing either.
    isSame: rule.alternatives.every(({ condition }) => truthByGate(condition, new Set([gate])) === false),
    apply: replacing(rule, 'runsIn', gates),
  };
}

const inGate =
  (gate: Gate): Mutant['reaches'] =>
  ({ gates }) =>
    gates.has(gate);

const atomsOfRule = (rule: Rule): Atom[] => rule.alternatives.flatMap(({ condition }) => atomsOf(condition));

function levelMutant(rule: Rule, from: LevelGroup, to: LevelGroup): Mutant {
  return {
    id: `${rule.id}: ${from.code} -> ${to.code}`,
    rules: [rule.id],
    reaches: whereRead(atomsOfRule(rule)),
    apply: () => {
      const undo = [
        replacing(rule, 'level', to.code)(),
        replacing(
          from,
          'rules',
          from.rules.filter((other) => other !== rule),
        )(),
        replacing(to, 'rules', [...to.rules, rule])(),
      ];
      return () => {
        for (const back of undo.reverse()) back();
      };
    },
  };
}

/** Every group: without each raise, each raise in each other gate and to each other level. */
export function raiseMutants({ groups }: Topic): Mutant[] {
  return groups.flatMap((group) =>
    group.raises.flatMap((raise, at) => {
      const rules = group.rules.map(({ id }) => id);
      const reaches = whereRead(group.rules.flatMap(atomsOfRule));
      const named = `${group.code} raises ${raise.when}`;
      const others = groups.filter(({ code }) => code !== raise.level && code !== group.code);
      return [
        { id: `${named}: never`, rules, reaches, apply: replacing(group, 'raises', group.raises.toSpliced(at, 1)) },
        ...others.map(({ code }) => ({
          id: `${named}: to ${code}`,
          rules,
          reaches,
          apply: replacing(raise, 'level', code),
        })),
        ...GATES.map((gate) => {
          const gates = new Set(raise.gates);
          const raises = gates.delete(gate);
          if (!raises) gates.add(gate);
          const id = `${named}: ${raises ? 'not in' : 'also in'} ${gate}`;
          return { id, rules, reaches: inGate(gate), apply: replacing(raise, 'gates', gates) };
        }),
      ];
    }),
  );
}
