/** Every mutant of a topic: one change each of what is in use. */
import { ORDER_HOOKS } from '../../src/cds-hooks/draft-orders.ts';
import type { Topic } from '../../src/knowledge/topic.ts';
import { inUse } from './in-use.ts';
import type { Mutant } from './mutant.ts';
import { atomMutants, conditionMutants } from './mutate-conditions.ts';
import { hookMutants, leftOutMutants } from './mutate-moments.ts';
import { raiseMutants, ruleMutants } from './mutate-rules.ts';
import { placesOf } from './places.ts';

/** A mutant, and what of a plan it changes. */
export type KindOfMutant = Mutant & { kind: string };

export type Mutants = {
  /** In a fixed order, each with an id of its own. */
  mutants: KindOfMutant[];
  /** Mutants of atoms that nothing reads: no case could notice them. */
  unread: number;
  /** Mutants that the gate alone proves to change nothing. */
  same: number;
};

/** All mutants of a topic. */
export function mutantsOf(topic: Topic): Mutants {
  const used = inUse(topic);
  const [read, unread] = [true, false].map((wanted) => topic.atoms.filter((atom) => used.atoms.has(atom) === wanted));
  const mutants = ofKinds({
    atom: atomMutants(read ?? [], used.rulesOf),
    condition: placesOf(topic, used).flatMap(conditionMutants),
    'left out': leftOutMutants(topic),
    rule: ruleMutants(topic.groups),
    'order rule': ruleMutants(topic.orderGroups, (hook) => ORDER_HOOKS.has(hook)),
    raise: raiseMutants(topic),
    wording: hookMutants(topic),
  });
  const differing = mutants.filter(({ isSame }) => !isSame);
  return {
    mutants: withOwnIds(differing),
    same: mutants.length - differing.length,
    unread: atomMutants(unread ?? [], used.rulesOf).length,
  };
}

const ofKinds = (kinds: Record<string, Mutant[]>): KindOfMutant[] =>
  Object.entries(kinds).flatMap(([kind, mutants]) => mutants.map((mutant) => ({ ...mutant, kind })));

/** The same change may be possible twice in one place: the second is told apart by its number. */
function withOwnIds(mutants: KindOfMutant[]): KindOfMutant[] {
  const seen = new Map<string, number>();
  return mutants.map((mutant) => {
    const count = (seen.get(mutant.id) ?? 0) + 1;
    seen.set(mutant.id, count);
    return count === 1 ? mutant : { ...mutant, id: `${mutant.id} [${count}]` };
  });
}
