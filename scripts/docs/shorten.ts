/** JSON of real calls, made short enough to read; what was left out is said. */

const LONGEST_TEXT = 160;
const MOST_TEXTS = 8;
const MOST_ENTRIES = 2;

/**
 * Long lists keep what tells, else their beginning, and `… n more`; long texts end in `…`.
 * @param telling linkIds of the answers that an example is about
 */
export function shortened(value: unknown, telling: string[] = []): unknown {
  if (typeof value === 'string') return value.length > LONGEST_TEXT ? `${value.slice(0, LONGEST_TEXT)}…` : value;
  if (Array.isArray(value)) return shortenedList(value, telling);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, shortened(member, telling)]));
}

function shortenedList(list: unknown[], telling: string[]): unknown[] {
  const tells = list.filter((entry) =>
    telling.some((linkId) => JSON.stringify(entry).includes(`"linkId":"${linkId}"`)),
  );
  const most = list.every((entry) => typeof entry === 'string') ? MOST_TEXTS : MOST_ENTRIES;
  const kept = (tells.length > 0 ? tells : list.slice(0, most)).map((entry) => shortened(entry, telling));
  return list.length > kept.length ? [...kept, `… ${list.length - kept.length} more`] : kept;
}

const UUID = /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g;

/** Every answer has new uuids: they are numbered, so that pages stay the same. */
export function withoutUuids(json: string): string {
  const numbers = new Map<string, string>();
  return json.replace(UUID, (uuid) => {
    const name = numbers.get(uuid) ?? `(uuid ${numbers.size + 1})`;
    numbers.set(uuid, name);
    return name;
  });
}
