/** Facts of which nothing was said: most of a chart's, so they are made once and shared. */
import type { FactDefinition } from '../knowledge/fact-definition.ts';
import type { Fact } from './fact.ts';
import type { Places } from './fact-sheet.ts';
import { everySource, withUnknown } from './unknown.ts';

type Blank = {
  definition: FactDefinition;
  /** The bits of all resource types that could hold it. */
  sources: number;
  /** Everything that could hold it was read. */
  searched: Fact;
  unread: Fact;
};

export type Blanks = {
  list: Blank[];
  /** Where each stands in the list. */
  places: Places;
  /** The bits of the types that were read. */
  bitsOf: (read: ReadonlySet<string>) => number;
};

const NOTHING = new Set<string>();

/** Prepares the blank facts of a topic; each resource type that facts are read from has a bit. */
export function prepareBlanks(facts: FactDefinition[]): Blanks {
  const types = [...new Set(facts.flatMap(everySource))];
  const bitsOf = (read: ReadonlySet<string>) => {
    let bits = 0;
    for (let at = 0; at < types.length; at += 1) if (read.has(types[at] as string)) bits |= 1 << at;
    return bits;
  };
  const list = facts.map((definition) => {
    const sources = new Set(everySource(definition));
    const blank = (read: ReadonlySet<string>) => frozen(withUnknown(emptyFact(definition), read));
    return { definition, sources: bitsOf(sources), searched: blank(sources), unread: blank(NOTHING) };
  });
  return { list, places: new Map(facts.map(({ name }, at) => [name, at])), bitsOf };
}

const emptyFact = (definition: FactDefinition): Fact => ({
  definition,
  value: undefined,
  unknown: undefined,
  complete: definition.kind !== 'choices',
  used: [],
  setAside: [],
});

/** Shared by all calls: nobody may write into it. */
function frozen(fact: Fact): Fact {
  Object.freeze(fact.used);
  Object.freeze(fact.setAside);
  return Object.freeze(fact);
}
