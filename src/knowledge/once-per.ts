/** What is worked out once for each thing that never changes: a part of the knowledge, a decision that was made. */

/** A function of an object that never changes; not undefined. */
export function oncePer<Key extends object, Value extends object | string>(
  compute: (key: Key) => Value,
): (key: Key) => Value {
  const known = new WeakMap<Key, Value>();
  return (key) => {
    const found = known.get(key);
    if (found !== undefined) return found;
    const value = compute(key);
    known.set(key, value);
    return value;
  };
}
