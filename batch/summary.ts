/** What is counted over all patients: levels by gestation. Nothing confidential, nobody's id. */
import type { PatientLine } from './assess-patient.ts';

/** Levels -> weeks of gestation -> patients. */
export type Counts = { patients: number; failed: number; levels: Record<string, Record<string, number>> };

/** Nothing is to be said, which is no all-clear. */
const NO_CARD = 'no card';
/** A card says why no level could be given: data that could not be read, for example. */
const NO_LEVEL = 'no level';
const FAILED = 'failed';
export const BANDS = ['0-13', '14-27', '28-36', '37-44', 'not known'] as const;

/** What stands beside the levels, last. */
export const NO_LEVELS: readonly string[] = [NO_LEVEL, NO_CARD, FAILED];

export const noCounts = (): Counts => ({ patients: 0, failed: 0, levels: {} });

export function count(counts: Counts, { level, gestation, error, cards = [] }: PatientLine): void {
  counts.patients += 1;
  if (error !== undefined) counts.failed += 1;
  add(counts, error === undefined ? (level ?? withoutLevel(cards)) : FAILED, bandOf(gestation), 1);
}

/** Adds more to a total. */
export function sum(total: Counts, { patients, failed, levels }: Counts): void {
  total.patients += patients;
  total.failed += failed;
  for (const [level, bands] of Object.entries(levels)) {
    for (const [band, number] of Object.entries(bands)) add(total, level, band, number);
  }
}

/** Patients of a level, by weeks of gestation. */
export const rowsOf = ({ levels }: Counts, level: string): number[] => BANDS.map((band) => levels[level]?.[band] ?? 0);

/** Patients by weeks of gestation. */
export const bandTotals = ({ levels }: Counts): number[] =>
  BANDS.map((band) => Object.values(levels).reduce((total, bands) => total + (bands[band] ?? 0), 0));

/** @param order codes of the levels, most urgent first */
export function summaryTable(counts: Counts, order: string[]): string[] {
  const rows = [...order, ...NO_LEVELS].map((level) => {
    const numbers = rowsOf(counts, level);
    return [level, ...numbers, numbers.reduce((a, b) => a + b, 0)];
  });
  const head = ['weeks', ...BANDS, 'all'];
  return [head, ...rows]
    .map((row) =>
      row
        .map((cell) => String(cell).padEnd(13))
        .join('')
        .trimEnd(),
    )
    .concat(`${counts.patients} patients`);
}

function add({ levels }: Counts, level: string, band: string, number: number): void {
  levels[level] ??= {};
  const bands = levels[level];
  bands[band] = (bands[band] ?? 0) + number;
}

/** What only the confidential card says is not counted. */
function withoutLevel(cards: Record<string, unknown>[]): string {
  return cards.some(({ confidential }) => confidential !== true) ? NO_LEVEL : NO_CARD;
}

/** By the middle of the interval, in completed weeks. */
function bandOf(gestation: PatientLine['gestation']): string {
  if (!gestation) return 'not known';
  const weeks = Math.floor((gestation.min + gestation.max) / 14);
  return weeks < 14 ? '0-13' : weeks < 28 ? '14-27' : weeks < 37 ? '28-36' : '37-44';
}
