/** Placeholders for times in cases: `{{now-2h}}` an instant, `{{today+40d}}` a date. */
const UNITS: Record<string, number> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Replaces every placeholder. */
export function atMoment<T>(value: T, now: string): T {
  const text = JSON.stringify(value).replace(
    /\{\{(now|today)(?:([+-]\d+)([smhd]))?\}\}/g,
    (_whole, base: string, amount = '0', unit = 'd') => {
      const iso = new Date(Date.parse(now) + Number(amount) * (UNITS[unit] ?? 0)).toISOString();
      return base === 'today' ? iso.slice(0, 10) : iso;
    },
  );
  return JSON.parse(text) as T;
}
