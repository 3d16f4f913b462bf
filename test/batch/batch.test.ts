/** The command as it is run: a process of its own, from the build, over Bulk Data files. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { EXTENSION_NAME } from '../../src/cds-hooks/card.ts';
import { resourcesIn } from '../../src/fhir/bundles.ts';
import type { FhirResource } from '../../src/fhir/types.ts';
import { loadTopics } from '../../src/knowledge/load.ts';
import { hookRequestOf, momentOf, readCases } from '../harness/case.ts';
import { coreOf } from '../harness/core.ts';

const NOW = '2026-11-25T10:00:00Z';
const TYPES =
  'Patient QuestionnaireResponse Observation Condition Encounter Procedure MedicationRequest MedicationStatement List EpisodeOfCare';
const SEARCHED = TYPES.split(' ').flatMap((type) => ['--searched', type]);
const folder = mkdtempSync(join(tmpdir(), 'batch-'));
const [topic] = loadTopics('.');
if (!topic) throw new Error('there is no topic');

/** Cases of that moment at the chart's hook whose prefetch is whole, as patients of one export. */
const cases = readCases(topic.id)
  .map(({ clinicalCase }) => clinicalCase)
  .filter((one) => momentOf(one) === NOW && !one.hook && !one.orders && !one.prefetch && !one.faceToFace)
  .map((one, index) => {
    const id = `p${index}`;
    const text = JSON.stringify(hookRequestOf(one, topic.questionnaires)).replaceAll('case-patient', id);
    const request = JSON.parse(text) as { prefetch: Record<string, FhirResource> };
    return { id, request, resources: Object.values(request.prefetch).flatMap(resourcesIn) };
  });
/** One case holds a resource of somebody else, who is a patient of the export too. */
const IDS = [...cases.map(({ id }) => id), 'another'];
const input = join(folder, 'export');
const output = join(folder, 'out.ndjson');

beforeAll(() => {
  mkdirSync(input);
  const byType = new Map<string, string[]>();
  for (const resource of cases.flatMap(({ resources }) => resources)) {
    const lines = byType.get(resource.resourceType) ?? [];
    byType.set(resource.resourceType, [...lines, JSON.stringify(resource)]);
  }
  for (const [type, lines] of byType) writeFileSync(join(input, `${type}.ndjson`), `${lines.join('\n')}\n`);
});
afterAll(() => rmSync(folder, { recursive: true }));

function start(...options: string[]) {
  const args = ['dist/batch/main.js', 'assess', '--at', NOW, ...options];
  const child = spawn(process.execPath, args, { env: { PATH: process.env.PATH, NODE_ENV: 'production' } });
  const said = { out: '', err: '' };
  child.stdout.on('data', (data: Buffer) => {
    said.out += data.toString();
  });
  child.stderr.on('data', (data: Buffer) => {
    said.err += data.toString();
  });
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, ...said }));
  return { child, ended };
}

const linesIn = (path: string) =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { patient: string; level?: string; cards: Record<string, unknown>[] });

test('when the cases are an export, then each patient has the answer of the hook, once', async () => {
  const { code, out, err } = await start('--input', input, '--output', output, '--workers', '2', ...SEARCHED).ended;
  expect({ code, err: err.includes('could not') }).toEqual({ code: 0, err: false });
  const lines = new Map(linesIn(output).map((line) => [line.patient, line.cards]));
  expect(cases.length).toBeGreaterThan(100);
  expect([lines.size, linesIn(output).length]).toEqual([IDS.length, IDS.length]);
  const core = coreOf(topic);
  for (const { id, request } of cases) {
    const cards = await core.cardsOf(request as Record<string, unknown>, NOW);
    const wanted = cards.map(({ summary, indicator, extension }) => {
      return { summary, indicator, ...extension[EXTENSION_NAME] };
    });
    expect({ id, cards: lines.get(id) }).toEqual({ id, cards: JSON.parse(JSON.stringify(wanted)) });
  }
  expect(out).toContain(`${IDS.length} patients`);
  expect(existsSync(`${output}.work`)).toBe(false);
}, 60_000);

test('when a line is broken or names no patient, then file and line are said, and the exit code tells', async () => {
  const file = join(folder, 'Observation.ndjson.gz');
  const good = gunzipSync(gzipSync(readFileSync(join(input, 'Patient.ndjson')))).toString();
  writeFileSync(file, gzipSync(`${good}{"resourceType":"Obs\n{"resourceType":"Medication","id":"m"}\n`));
  const number = good.split('\n').length;
  const path = join(folder, 'bad.ndjson');
  const { code, err } = await start('--input', file, '--output', path).ended;
  expect(code).toBe(1);
  expect(err).toContain(`${file}:${number}: is no FHIR resource`);
  expect(err).toContain(`${file}:${number + 1}: a Medication names no patient`);
  expect(err).toContain('1 lines could not be read');
  expect(linesIn(path)).toHaveLength(cases.length);
}, 60_000);

test('when it is cut into shards, then each patient is in one of them', async () => {
  const ids: string[] = [];
  for (const index of [0, 1, 2]) {
    const path = join(folder, `shard-${index}.ndjson`);
    const shard = ['--shard', `${index}/3`, '--workers', '1'];
    expect((await start('--input', input, '--output', path, ...shard).ended).code).toBe(0);
    ids.push(...linesIn(path).map(({ patient }) => patient));
  }
  expect(ids.sort()).toEqual(IDS.sort());
}, 60_000);

test.each([
  ['reads', (names: string[]) => names.some((name) => name.endsWith('.in'))],
  ['assesses', (names: string[]) => names.some((name) => name.endsWith('.done'))],
])(
  'when it is killed while it %s, then it is started again and gives the same output',
  async (_name, reached) => {
    const path = join(folder, 'killed.ndjson');
    const options = ['--input', input, '--output', path, '--workers', '1', ...SEARCHED];
    rmSync(path, { force: true });
    const first = start(...options);
    const names = () =>
      existsSync(`${path}.work`) ? readdirSync(`${path}.work`, { recursive: true, encoding: 'utf8' }) : [];
    while (!reached(names())) {
      if (first.child.exitCode !== null) throw new Error('it ended before it could be killed');
      await wait(1);
    }
    first.child.kill('SIGKILL');
    await first.ended;
    const kept = names().some((name) => name.endsWith('.done'));
    expect(existsSync(path)).toBe(false);
    const { code, err } = await start(...options).ended;
    expect({ code, goesOn: err.includes('goes on: ') }).toEqual({ code: 0, goesOn: kept });
    const sorted = (file: string) => readFileSync(file, 'utf8').split('\n').sort();
    expect(sorted(path)).toEqual(sorted(output));
  },
  60_000,
);

test('when a type was not exported, then it is unknown and said, and nobody without a level is taken for well', async () => {
  const path = join(folder, 'two-types.ndjson');
  const files = ['Patient', 'Condition'].flatMap((type) => ['--input', join(input, `${type}.ndjson`)]);
  const { out, err } = await start(...files, '--output', path).ended;
  expect(err).toContain('taken for unknown, not for none: QuestionnaireResponse, Observation');
  const lines = linesIn(path);
  const unread = lines.filter(({ cards: [card] }) => String(card?.summary).includes('could not be read'));
  expect(unread.length).toBeGreaterThan(100);
  const row = /^no level .*?(\d+)$/m.exec(out);
  expect(Number(row?.[1])).toBe(lines.filter(({ level, cards }) => !level && cards.length > 0).length);
}, 60_000);
