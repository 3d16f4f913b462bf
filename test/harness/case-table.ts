/** A table of cases: one situation, and rows that say what is different and what is expected (CONTRIBUTING.md). */
import type { ClinicalCase, NamedCase } from './clinical-case.ts';

/** Rows in place of a title and an expectation. */
export type CaseTable = Omit<ClinicalCase, 'title' | 'spec' | 'expect'> & { rows: Row[] };

type Row = Pick<ClinicalCase, 'title' | 'spec' | 'expect'> & Partial<ClinicalCase>;

/** The cases of a file: one, or one for each row. */
export function casesIn(file: string, content: ClinicalCase | CaseTable): NamedCase[] {
  if (!('rows' in content)) return [{ name: file, clinicalCase: content }];
  const { rows, ...situation } = content;
  return rows.map((row, at) => ({ name: `${file} row ${at + 1}`, clinicalCase: changed(situation, row) }));
}

/** A member of the row replaces that of the situation; a list of resources and the answers of the form are added to. */
function changed(situation: Omit<CaseTable, 'rows'>, row: Row): ClinicalCase {
  const { form, chart } = situation;
  return {
    ...situation,
    ...row,
    ...(form && row.form && { form: { ...form, ...row.form, answers: { ...form.answers, ...row.form.answers } } }),
    ...(chart && row.chart && { chart: [...chart, ...row.chart] }),
  };
}
