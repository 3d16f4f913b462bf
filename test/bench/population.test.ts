/** The export that a batch is measured with: the same at every run, of whole charts, on real disk. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { patientOf, resourceIn } from '../../batch/patient-of.ts';
import { writeExport } from '../../bench/export.ts';
import { type Line, populationOf } from '../../bench/population.ts';
import { questionnaires } from '../harness/requests.ts';

const folder = mkdtempSync(join(tmpdir(), 'population-'));
afterAll(() => rmSync(folder, { recursive: true }));

const [questionnaire] = questionnaires;
if (!questionnaire) throw new Error('there is no questionnaire');
const population = populationOf(questionnaire);
const subjects = (lines: Line[]) => lines.map(({ text }) => patientOf(resourceIn(text) ?? { resourceType: '' }));

test('when a patient is made again then she is the same, and every resource is hers alone', () => {
  for (const number of [1, 12, 1_999, 2_001, 99_999]) {
    const lines = population(number);
    expect(populationOf(questionnaire)(number)).toEqual(lines);
    expect(new Set(subjects(lines))).toEqual(new Set([`patient-${number}`]));
    const ids = lines.map(({ text }) => resourceIn(text)?.id);
    expect(ids.filter((id) => String(id).match(/\d+/)?.[0] !== `${number}`)).toEqual([]);
  }
});

test('when charts are counted then they have a dozen resources, and some have no answers', () => {
  const charts = Array.from({ length: 400 }, (_, number) => population(number));
  const without = charts.filter((lines) => !lines.some(({ type }) => type === 'QuestionnaireResponse'));
  expect(charts.filter(({ length }) => length === 12)).toHaveLength(350);
  expect(without.map(({ length }) => length)).toEqual(Array.from({ length: 50 }, () => 11));
  const bytes = charts.flat().reduce((sum, { text }) => sum + Buffer.byteLength(text) + 1, 0) / charts.length;
  expect([bytes > 7_000, bytes < 9_500]).toEqual([true, true]);
});

test('when an export is written then each type has its file, and each line is a resource of that type', () => {
  const bytes = writeExport(folder, 300, population);
  const files = readdirSync(folder).map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }));
  expect(files.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0)).toBe(bytes);
  for (const { name, text } of files) {
    const lines = text.trimEnd().split('\n');
    expect(new Set(lines.map((line) => `${resourceIn(line)?.resourceType}.ndjson`))).toEqual(new Set([name]));
    if (name === 'Patient.ndjson') expect(new Set(lines.map((line) => resourceIn(line)?.id)).size).toBe(300);
  }
  expect(files).toHaveLength(6);
});
