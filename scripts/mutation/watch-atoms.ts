/** Which atoms a case evaluates, over which values, with which result. */
import type { Bindings } from '../../src/fhir/fhirpath.ts';
import type { Atom } from '../../src/knowledge/condition.ts';

/** The values that an atom saw, and what it gave for them. */
export type Reading = { names: Bindings; value: unknown };

export type Readings = ReadonlyMap<Atom, Reading[]>;

/** Runs something and writes down what it evaluates. */
export function watchAtoms<T>(atoms: Atom[], run: () => T): { result: T; readings: Readings } {
  const readings = new Map<Atom, Reading[]>();
  const plain = atoms.map((atom) => atom.evaluate);
  for (const [at, atom] of atoms.entries()) {
    const evaluate = plain[at] as Atom['evaluate'];
    atom.evaluate = (names) => {
      const value = evaluate(names);
      const seen = Object.fromEntries(atom.leaf.names.map((name) => [name, names[name]]));
      readings.set(atom, [...(readings.get(atom) ?? []), { names: seen, value }]);
      return value;
    };
  }
  try {
    return { result: run(), readings };
  } finally {
    for (const [at, atom] of atoms.entries()) atom.evaluate = plain[at] as Atom['evaluate'];
  }
}
