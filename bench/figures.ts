/** Numbers as the tables show them: what could not be measured is "n/a", never 0. */

export const show = (value: number | undefined, digits = 0): string =>
  value === undefined || Number.isNaN(value) ? 'n/a' : value.toFixed(digits);

export const ratio = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined || b === undefined || b === 0 ? undefined : a / b;

/** One row of a Markdown table. */
export const row = (...cells: string[]): string => `| ${cells.join(' | ')} |`;

/** The first column holds names, the others numbers. */
export const head = (...cells: string[]): string[] => [
  row(...cells),
  `|${cells.map((_, at) => (at === 0 ? '---' : '---:')).join('|')}|`,
];

export const quantile = (values: number[], share: number): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN;
};

export const median = (values: number[]): number => quantile(values, 0.5);
