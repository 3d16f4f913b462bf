/** All facts of a call, in the order of their definitions: a list beside places that are the same in every call. */
import type { Fact, Facts } from './fact.ts';

/** Where each fact stands, by name: made once for all calls. */
export type Places = ReadonlyMap<string, number>;

/** Facts by name. A sheet with changes is a copy of a list, not of a table of names. */
export class FactSheet implements Facts {
  readonly #places: Places;
  readonly #list: readonly Fact[];

  /** @param list a fact for each place */
  constructor(places: Places, list: readonly Fact[]) {
    this.#places = places;
    this.#list = list;
  }

  get(name: string): Fact | undefined {
    const place = this.#places.get(name);
    return place === undefined ? undefined : this.#list[place];
  }

  has(name: string): boolean {
    return this.#places.has(name);
  }

  get size(): number {
    return this.#list.length;
  }

  forEach(visit: (fact: Fact, name: string, facts: Facts) => void): void {
    for (const fact of this.#list) visit(fact, fact.definition.name, this);
  }

  keys(): MapIterator<string> {
    return this.#places.keys();
  }

  values(): MapIterator<Fact> {
    return new Map(this.#entries()).values();
  }

  entries(): MapIterator<[string, Fact]> {
    return new Map(this.#entries()).entries();
  }

  [Symbol.iterator](): MapIterator<[string, Fact]> {
    return this.entries();
  }

  /** Another sheet, in which some facts stand in the place of those of their names; others than these are left out. */
  with(changed: Iterable<Fact>): FactSheet {
    const list = [...this.#list];
    for (const fact of changed) {
      const place = this.#places.get(fact.definition.name);
      if (place !== undefined) list[place] = fact;
    }
    return new FactSheet(this.#places, list);
  }

  #entries(): [string, Fact][] {
    return this.#list.map((fact) => [fact.definition.name, fact]);
  }
}

/** Facts in which some are others. */
export function withChanged(facts: Facts, changed: readonly Fact[]): Facts {
  if (changed.length === 0) return facts;
  if (facts instanceof FactSheet) return facts.with(changed);
  return new Map([...facts, ...changed.map((fact) => [fact.definition.name, fact] as const)]);
}
