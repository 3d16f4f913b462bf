import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';

const PURE = /^src\/(cds-hooks|fhir|knowledge|evidence|orders|pregnancy|decision|cards|plan)\//;
const LOAD = 'src/knowledge/load.ts';

type Ban = { what: string; pattern: RegExp; applies: (file: string) => boolean };

const isPure = (file: string) => PURE.test(file) && file !== LOAD;

const BANS: Ban[] = [
  {
    what: 'the process, outside main.ts',
    pattern: /\bprocess\s*[.[]\s*['\w]|node:process/,
    applies: (file) => file !== 'src/main.ts',
  },
  {
    what: 'a clock, in a pure folder',
    pattern: /\bDate\.now\b|\bnew Date\b(?!\s*\(\s*[^\s)])|\bperformance\.now\b/,
    applies: isPure,
  },
  { what: 'async, in a pure folder', pattern: /\basync\b|\bawait\b/, applies: isPure },
  { what: 'the type any', pattern: /(?:[:<|&,]|\bas|\bextends|=>)\s*any\s*[;,)>=[\]|&{]/, applies: () => true },
];

/** The code without its comments, so that prose may use the words. */
const codeOf = (text: string) => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1');

const bansIn = (file: string, text: string) =>
  BANS.filter(({ pattern, applies }) => applies(file) && pattern.test(codeOf(text))).map(
    ({ what }) => `${file} uses ${what}`,
  );

test('src keeps to the main file, the injected clock and known types', () => {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  expect(files).toContain('errors.ts');
  expect(files.map((file) => join('src', file)).flatMap((file) => bansIn(file, readFileSync(file, 'utf8')))).toEqual(
    [],
  );
});

test.each([
  ['src/config.ts', 'const port = process.env.PORT;'],
  ['src/app.ts', "import { env } from 'node:process';"],
  ['src/fhir/dates.ts', 'const now = Date.now();'],
  ['src/pregnancy/dating.ts', 'const now = new Date();'],
  ['src/evidence/fresh.ts', 'const now = new Date( );'],
  ['src/decision/decide.ts', 'export async function decide() {}'],
  ['src/plan/frame.ts', 'const now = Date.now();'],
  ['src/cards/compose.ts', 'const cards = (plan: any) => plan;'],
  ['src/http/routes.ts', 'const body = request.body as any;'],
  ['src/store/feedback.ts', 'const rows: Record<string, any> = {};'],
])('when %s holds %s then it is reported', (file, text) => {
  expect(bansIn(file, text)).toHaveLength(1);
});

test.each([
  ['src/main.ts', 'process.on("SIGTERM", stop);'],
  ['src/decision/process.ts', 'const processItems = rules.filter(isProcess); // process.env is not read here'],
  ['src/fhir/dates.ts', 'const day = new Date(text);'],
  ['src/fhir/dates.ts', 'const day = new Date(\n  text,\n);'],
  ['src/knowledge/load.ts', 'export async function load() {}'],
  ['src/http/routes.ts', 'const now = new Date();'],
  [
    'src/cards/text.ts',
    "const text = 'Note: any of these (any) as any one';\nconst selection = { any: 1, 'at-most-one': 2 };",
  ],
])('when %s holds %s then it is not reported', (file, text) => {
  expect(bansIn(file, text)).toEqual([]);
});
