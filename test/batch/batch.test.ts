/** The command as it is run: a process of its own, from the build, over Bulk Data files. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { EXTENSION_NAME } from '../../src/cds-hooks/card.ts';
import { coreOf } from '../harness/core.ts';
import { startService } from '../harness/service.ts';
import { cases, linesIn, NOW, SEARCHED, start, topic, writeExport } from './command.ts';

const folder = mkdtempSync(join(tmpdir(), 'batch-'));
/** One case holds a resource of somebody else, who is a patient of the export too. */
const IDS = [...cases.map(({ id }) => id), 'another'];
const input = join(folder, 'export');
const output = join(folder, 'out.ndjson');

beforeAll(() => {
  writeExport(
    input,
    cases.flatMap(({ resources }) => resources),
  );
});
afterAll(() => rmSync(folder, { recursive: true }));

test('when the cases are an export, then each patient has the answer of the hook, once', async () => {
  const { code, out, err } = await start('--input', input, '--output', output, '--workers', '2', ...SEARCHED).ended;
  expect({ code, err: err.includes('could not') }).toEqual({ code: 0, err: false });
  const lines = new Map(linesIn(output).map((line) => [line.patient, line.cards]));
  expect(cases.length).toBeGreaterThan(100);
  expect([lines.size, linesIn(output).length]).toEqual([IDS.length, IDS.length]);
  const core = coreOf(topic);
  for (const { id, request } of cases) {
    const cards = await core.cardsOf(request, NOW);
    const wanted = cards.map(({ summary, indicator, extension }) => {
      return { summary, indicator, ...extension[EXTENSION_NAME] };
    });
    expect({ id, cards: lines.get(id) }).toEqual({ id, cards: JSON.parse(JSON.stringify(wanted)) });
  }
  expect(out).toContain(`${IDS.length} patients`);
  expect(existsSync(`${output}.work`)).toBe(false);
}, 60_000);

test('when a patient is sent to the hook over HTTP, then levels, rules and open questions are those of her line', async () => {
  const service = await startService({ topics: [topic], now: NOW });
  const lines = new Map(linesIn(output).map((line) => [line.patient, line.cards]));
  for (const { id, request } of cases.filter((_, at) => at % 10 === 0)) {
    const { cards } = await service.call(request);
    const wanted = cards.map(({ summary, indicator, extension }) => {
      return { summary, indicator, ...extension[EXTENSION_NAME] };
    });
    expect({ id, cards: lines.get(id) }).toEqual({ id, cards: wanted });
  }
  await service.close();
}, 60_000);

test('when a line is broken or names no patient, then file and line are said, and the exit code tells', async () => {
  const file = join(folder, 'Observation.ndjson.gz');
  const good = readFileSync(join(input, 'Patient.ndjson'), 'utf8');
  const odd = [
    '{"resourceType":"Obs',
    '{"resourceType":"Condition","id":"c"}',
    '{"resourceType":"Organization","id":"o"}',
    '{"resourceType":"Medication","id":"m"}',
  ];
  writeFileSync(file, gzipSync(`${good}${odd.join('\n')}\n`));
  const number = good.split('\n').length;
  const path = join(folder, 'bad.ndjson');
  const { code, err } = await start('--input', file, '--output', path).ended;
  expect(code).toBe(1);
  expect(err).toContain(`${file}:${number}: is no FHIR resource`);
  expect(err).toContain(`${file}:${number + 1}: a Condition names no patient`);
  expect(err).toContain('1 resources are of types that the plan does not read');
  expect(err).not.toContain('Medication names');
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
  ['assesses', (names: string[]) => names.filter((name) => name.endsWith('.done')).length > 1],
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
    const done = names().filter((name) => name.endsWith('.done'));
    const kept = done.length > 1;
    // As a crash of the machine may leave a file that was not forced to the disk: it is made again.
    if (done[0] !== undefined) truncateSync(join(`${path}.work`, done[0]), 40);
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
