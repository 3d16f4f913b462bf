/** Placeholders for times in cases: `{{now-2h}}` an instant, `{{today+40d}}` a date. */
const UNITS: Record<string, number> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const PLACEHOLDER = /\{\{(now|today)(?:([+-]\d+)([smhd]))?\}\}/g;

/** A copy of a JSON value in which every placeholder is replaced. Properties do this a hundred thousand times. */
export function atMoment<T>(value: T, now: string): T {
  const moment = Date.parse(now);
  const written = (_whole: string, base: string, amount = '0', unit = 'd') => {
    const iso = new Date(moment + Number(amount) * (UNITS[unit] ?? 0)).toISOString();
    return base === 'today' ? iso.slice(0, 10) : iso;
  };
  return copied(value, (text) => (text.includes('{{') ? text.replace(PLACEHOLDER, written) : text)) as T;
}

function copied(value: unknown, write: (text: string) => string): unknown {
  if (typeof value === 'string') return write(value);
  if (Array.isArray(value)) return value.map((entry) => copied(entry, write));
  if (typeof value !== 'object' || value === null) return value;
  const copy: Record<string, unknown> = {};
  for (const [name, entry] of Object.entries(value)) if (entry !== undefined) copy[name] = copied(entry, write);
  return copy;
}
