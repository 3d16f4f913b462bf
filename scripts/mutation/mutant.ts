/** One change of a compiled plan, and the way back. */

export type Mutant = {
  /** Names the mutant in reports and among the explained survivors. */
  id: string;
  /** Rules whose cases are most likely to notice. */
  rules: string[];
  /** Changes the topic in place. @returns what undoes it */
  apply: () => () => void;
};

/** A mutant that replaces one property. */
export function replacing<T, K extends keyof T>(target: T, key: K, value: T[K]): Mutant['apply'] {
  return () => {
    const before = target[key];
    target[key] = value;
    return () => {
      target[key] = before;
    };
  };
}
