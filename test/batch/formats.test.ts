/** What a run writes beside the compact lines: GuidanceResponses, a chart, figures of the run. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { failureLine } from '../../batch/guidance-lines.ts';
import { prepareTopic } from '../../src/call-service.ts';
import type { GuidanceResponse, Parameters } from '../../src/fhir/types.ts';
import { faultsOfR4 } from '../operations/r4.ts';
import { cases, type Line, linesIn, NOW, SEARCHED, start, topic, writeExport } from './command.ts';

const folder = mkdtempSync(join(tmpdir(), 'batch-formats-'));
const [input, chart, statistics] = ['export', 'levels.svg', 'run.json'].map((name) => join(folder, name)) as [
  string,
  string,
  string,
];
/** Of each level some, and all that say something confidential. */
const some = cases.filter((_, at) => at % 7 === 0);

let lines: Line[];
let guidance: GuidanceResponse[];
let table: string;
beforeAll(async () => {
  writeExport(
    input,
    some.flatMap(({ resources }) => resources),
  );
  const run = async (name: string, ...options: string[]) => {
    const output = join(folder, name);
    const { out, err } = await start('--input', input, '--output', output, '--workers', '2', ...SEARCHED, ...options)
      .ended;
    if (!out.includes(' patients')) throw new Error(err);
    table = out;
    return output;
  };
  lines = linesIn(await run('lines.ndjson', '--chart', chart, '--statistics', statistics));
  guidance = linesIn<GuidanceResponse>(await run('guidance.ndjson', '--format', 'guidance-response'));
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true }));

const isRestricted = ({ meta }: GuidanceResponse) => meta?.security?.some(({ code }) => code === 'R') === true;
const evidenceOf = ({ contained = [], outputParameters }: GuidanceResponse) =>
  contained.find(({ id }) => `#${id}` === outputParameters?.reference) as Parameters | undefined;
const levelOf = (answer: GuidanceResponse) =>
  evidenceOf(answer)?.parameter?.find(({ name }) => name === 'level')?.valueCode;

test('each GuidanceResponse is valid R4, and of the same level as the line of the patient', () => {
  const open = new Map(guidance.filter((one) => !isRestricted(one)).map((one) => [one.subject?.reference, one]));
  expect(open.size).toBe(lines.length);
  for (const { patient, level, cards } of lines) {
    const answer = open.get(`Patient/${patient}`);
    if (!answer) throw new Error(`there is no answer for ${patient}`);
    expect({ patient, faults: faultsOfR4(answer) }).toEqual({ patient, faults: [] });
    // Where no card says a level, none is given but in the evidence of what is silent.
    if (level !== undefined) expect({ patient, level: levelOf(answer) }).toEqual({ patient, level });
    else
      expect({
        patient,
        result: answer.result,
        cards: cards.filter((card) => card.level && !card.confidential),
      }).toEqual({
        patient,
        cards: [],
      });
  }
  const ids = guidance.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});

test('what is inside is named, and has no label of its own', () => {
  for (const answer of guidance) {
    const { contained = [], ...own } = answer;
    const said = JSON.stringify([own, ...contained]);
    for (const { id, meta } of contained) expect([said.includes(`"#${id}"`), meta]).toEqual([true, undefined]);
    expect(said).not.toContain('urn:uuid:');
  }
});

test('what is confidential is a line of its own, with a label', () => {
  const confidential = new Set(topic.facts.filter((fact) => fact.confidential).map(({ name }) => name));
  const restricted = guidance.filter(isRestricted);
  expect(restricted.length).toBeGreaterThan(0);
  for (const answer of guidance.filter((one) => !isRestricted(one))) {
    const said = JSON.stringify(answer);
    for (const name of confidential) expect(said.includes(`"${name}"`)).toBe(false);
  }
});

test('who could not be assessed has an answer that says so', () => {
  const batch = { prepared: prepareTopic(topic), settings: {}, strict: false, read: new Set<string>() };
  const answer = failureLine({ ...batch, moment: { now: Date.parse(NOW), zone: 'UTC' } }, 'p', 'data-unavailable');
  expect(faultsOfR4(answer)).toEqual([]);
  expect(answer).toMatchObject({ status: 'failure', subject: { reference: 'Patient/p' } });
});

test('the chart has the numbers of the table, and says them to those who cannot see it', () => {
  const svg = readFileSync(chart, 'utf8');
  const [, about = ''] = /<desc id="about">(.*)<\/desc>/.exec(svg) ?? [];
  for (const { code, title } of topic.groups) {
    const row =
      new RegExp(`^${code} +(\\d+) +(\\d+) +(\\d+) +(\\d+) +(\\d+)`, 'm').exec(table)?.slice(1).map(Number) ?? [];
    const drawn = row.filter((number) => number > 0);
    const said = [...about.matchAll(new RegExp(`${title} (\\d+)`, 'g'))].map(([, number]) => Number(number));
    expect([code, said]).toEqual([code, drawn]);
    for (const number of drawn) expect(svg).toContain(`<title>${title}: ${number} of `);
  }
});

test('the figures of the run are those of a run', () => {
  const figures = JSON.parse(readFileSync(statistics, 'utf8')) as Record<string, number>;
  expect(figures).toMatchObject({ patients: lines.length, workers: 2 });
  for (const name of ['partitioningMs', 'assessingMs', 'maxRssMiB']) expect(figures[name]).toBeGreaterThan(0);
});

test('a format that is not known is refused', async () => {
  const { code, err } = await start('--input', input, '--output', join(folder, 'x'), '--format', 'csv').ended;
  expect([code, err.includes('--format is one of line, guidance-response')]).toEqual([2, true]);
});
