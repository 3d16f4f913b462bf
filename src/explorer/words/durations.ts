/** Lengths of time as people say them. */
const UNITS: [string, number][] = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1_000],
];

/** Milliseconds in words: `24 h 5 min`, `7 d`. Up to two days are said in hours. */
export function length(milliseconds: number): string {
  const parts: string[] = [];
  let left = milliseconds;
  for (const [unit, size] of UNITS) {
    if (unit === 'd' && milliseconds < 2 * size) continue;
    const count = Math.floor(left / size);
    if (count > 0) parts.push(`${count} ${unit}`);
    left -= count * size;
  }
  return parts.join(' ') || '0 s';
}

/** Completed days of gestation as weeks and days: 97 -> `13+6`. */
export const gestation = (days: number): string => `${Math.floor(days / 7)}+${days % 7}`;
