/** The commands of clinical authors: every finding with its line, every level with its reasons. */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { checkFiles } from '../../scripts/knowledge/check-files.ts';
import { explainCase } from '../../scripts/knowledge/explain-case.ts';

const folder = mkdtempSync(join(tmpdir(), 'knowledge-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A copy of a knowledge file with one text in the place of another; where it stands, from 1. */
function copyOf(file: string, from: string, to: string): { path: string; line: number } {
  const text = readFileSync(file, 'utf8');
  expect(text).toContain(from);
  const path = join(folder, 'draft.json');
  writeFileSync(path, text.replace(from, to));
  return { path, line: text.slice(0, text.indexOf(from)).split('\n').length };
}

const PLAN = 'plan-definitions/back-pain-in-pregnancy.json';
const FORM = 'questionnaires/back-pain-triage.json';

test('when nothing is wrong then nothing is said, of all files and of a copy of one', () => {
  expect(checkFiles([])).toEqual([]);
  expect(checkFiles([copyOf(FORM, '"linkId": "severity"', '"linkId": "severity"').path])).toEqual([]);
}, 120_000);

test('when a member is no member of FHIR then its line is named', () => {
  const { path, line } = copyOf(FORM, '"linkId": "severity",', '"linkId": "severity", "hint": "0 to 10",');
  expect(checkFiles([path])).toContainEqual(
    expect.stringMatching(new RegExp(`draft\\.json:${line}:\\d+: item\\[\\d+\\].*: R4: .*hint`)),
  );
}, 60_000);

test('when what FHIR requires is missing then the line of what should hold it is named', () => {
  const { path } = copyOf(FORM, '"status": "draft",', '');
  expect(checkFiles([path])).toContainEqual(expect.stringMatching(/draft\.json:1:1: status: R4: Missing required/));
}, 60_000);

test('when the lint finds something then the line of the item or rule is named', () => {
  const { path } = copyOf(PLAN, '%saddleNumbness', '%sadleNumbness');
  const findings = checkFiles([path]);
  expect(findings.length).toBeGreaterThan(0);
  const [, line, element] = /draft\.json:(\d+):\d+: (\w+): .*sadleNumbness/.exec(findings.join('\n')) ?? [];
  const said = readFileSync(path, 'utf8').split('\n')[Number(line) - 1];
  expect(said).toContain(`"${element}"`);
}, 60_000);

test('when a file is no JSON then the line on which that shows is named', () => {
  const { path, line } = copyOf(FORM, '"linkId": "severity",', '"linkId": severity,');
  expect(checkFiles([path])).toEqual([
    expect.stringMatching(new RegExp(`draft\\.json:${line}:\\d+: file: is no JSON`)),
  ]);
});

test('a case is explained by its rules, their atoms, the facts and what is not known', async () => {
  const lines = await explainCase('test/cases/back-pain-in-pregnancy/e09-fever-face-to-face.json');
  const text = lines.join('\n');
  expect(lines).toContain('Level: same-day (Same-day urgent)');
  expect(text).toMatch(/^U07 FIRES \[same-day\]/m);
  expect(text).toMatch(/^ {2}U07a: true\n {4}%fever: true\n {6}fever = true: Yes \(answered 25 Nov 2026 09:00/m);
  expect(text).toMatch(/^E09 OPEN \[emergency\], raises to same-day \(measured\)/m);
  expect(text).toContain('temperature unknown: not-recorded');
  expect(text).toMatch(/^Excluded: .*\bE04\b/m);
});

test('a case with data that do not count says which and why', async () => {
  const path = join(folder, 'case.json');
  const stale = { resourceType: 'Observation', status: 'final', valueInteger: 9, effectiveDateTime: '{{now-30d}}' };
  const code = { coding: [{ system: 'http://loinc.org', code: '72514-3' }] };
  writeFileSync(path, JSON.stringify({ title: 'when', spec: 'A', chart: [{ ...stale, code }], expect: {} }));
  const lines = await explainCase(path);
  expect(lines.slice(lines.indexOf('Read and not used:'))).toEqual([
    'Read and not used:',
    '  Observation/chart-1: stale (severity)',
  ]);
});

type Ran = { status: number | null; out: string; error: string };

/** The built command, as `npm run` starts it. */
function run(command: string, ...words: string[]): Ran {
  const { status, stdout, stderr } = spawnSync(process.execPath, [`dist/scripts/${command}.js`, ...words], {
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  return { status, out: stdout, error: stderr };
}

function fileOf(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const CASE = 'test/cases/back-pain-in-pregnancy/e09-fever-face-to-face.json';

test.each<[string, () => string[], RegExp]>([
  ['no file', () => [], /^usage: /],
  ['a file that is not there', () => ['nowhere.json'], /^nowhere\.json: there is no such file\n$/],
  ['a folder', () => ['test'], /^test: is a folder, not a file\n$/],
  ['bad JSON', () => [fileOf('bad.json', '{\n  "title": when }')], /bad\.json:2:12: is no JSON: .*when/],
  ['something else', () => [fileOf('else.json', '{"resourceType":"Patient"}')], /is no clinical case: it needs title/],
  ['a list', () => [fileOf('list.json', '[]')], /is no clinical case/],
  ['a plan that is not there', () => [CASE, 'nobody'], /^There is no plan nobody: there are back-pain-in-pregnancy/],
])('when %s is to be explained then one line says what is wrong, with exit 2', (_, words, says) => {
  const { status, out, error } = run('knowledge-explain', ...words());
  expect([status, out, error.trim().split('\n').length]).toEqual([2, '', 1]);
  expect(error).toMatch(says);
});

test('a case is explained by the built command, and each row of a table', () => {
  const one = run('knowledge-explain', CASE, 'back-pain-in-pregnancy');
  expect([one.status, one.error]).toEqual([0, '']);
  expect(one.out).toContain('U07 FIRES');
  const table = 'test/cases/back-pain-in-pregnancy/table-actions-unlocated.json';
  const { rows } = JSON.parse(readFileSync(table, 'utf8')) as { rows: { title: string }[] };
  const { status, out } = run('knowledge-explain', table);
  expect(status).toBe(0);
  for (const { title } of rows) expect(out).toContain(title);
  expect(out.match(/^Level: /gm)).toHaveLength(rows.length);
}, 60_000);

test('the check ends with 1 for findings and with 2 for a file that is not there, each with its place', () => {
  const missing = run('knowledge-check', 'nowhere.json');
  expect([missing.status, missing.out, missing.error]).toEqual([2, '', 'nowhere.json: there is no such file\n']);
  const path = fileOf('broken.json', '{\n  "id": oops }');
  const broken = run('knowledge-check', path);
  expect([broken.status, broken.error]).toEqual([1, '']);
  expect(broken.out).toContain(`${path}:2:9: file: is no JSON`);
}, 60_000);
