/** What is computed once for each part of the knowledge and holds as long as it is loaded. */

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
