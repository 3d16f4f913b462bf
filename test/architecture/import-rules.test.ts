import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { cruise, type IConfiguration, type ICruiseResult } from 'dependency-cruiser';

const rules: IConfiguration = createRequire(import.meta.url)('../../.dependency-cruiser.cjs');

/** Violations as `rule: from -> to`, the folders being read from `baseDir`. */
async function violations(baseDir: string, folders: string[]): Promise<string[]> {
  const { forbidden = [], options } = rules;
  const result = await cruise(folders, { ...options, ruleSet: { forbidden }, validate: true, baseDir });
  const { modules, summary } = result.output as ICruiseResult;
  expect(modules.map(({ source }) => source)).toContain('src/errors.ts');
  return summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`);
}

/** One wrong import a row: the importing file, what it imports, the rule that must report it. */
const WRONG: [file: string, imported: string, rule: string][] = [
  ['src/fhir/types.ts', '../cds-hooks/card.ts', 'vocabulary-fhir'],
  ['src/cds-hooks/card.ts', '../errors.ts', 'vocabulary-cds-hooks'],
  ['src/errors.ts', './config.ts', 'vocabulary-errors'],
  ['src/knowledge/topic.ts', '../evidence/facts.ts', 'flow-knowledge'],
  ['src/evidence/facts.ts', '../pregnancy/status.ts', 'flow-evidence'],
  ['src/orders/draft.ts', '../decision/decide.ts', 'flow-orders'],
  ['src/pregnancy/status.ts', '../decision/decide.ts', 'flow-pregnancy'],
  ['src/decision/decide.ts', '../cards/compose.ts', 'flow-decision'],
  ['src/cards/compose.ts', '../store/feedback.ts', 'flow-cards'],
  ['src/cards/compose.ts', '../plan/apply.ts', 'flow-cards'],
  ['src/plan/apply.ts', '../call-service.ts', 'flow-plan'],
  ['src/decision/clock.ts', 'node:fs', 'pure-no-node'],
  ['src/knowledge/lint/read.ts', 'node:path', 'pure-no-node'],
  ['src/cards/log.ts', 'pino', 'pure-no-server'],
  ['src/evidence/serve.ts', 'express', 'pure-no-server'],
  ['src/knowledge/index.ts', './load.ts', 'load-is-an-adapter'],
  ['src/call-service.ts', './fhir-server/read.ts', 'use-case'],
  ['src/fhir-server/read.ts', '../knowledge/topic.ts', 'adapter-fhir-server'],
  ['src/store/feedback.ts', '../http/routes.ts', 'adapter-store'],
  ['src/audit-delivery/send.ts', '../store/tables.ts', 'adapter-audit-delivery'],
  ['src/audit/event.ts', '../store/tables.ts', 'audit'],
  ['src/audit/event.ts', 'node:crypto', 'pure-no-node'],
  ['src/http/routes.ts', '../decision/decide.ts', 'http'],
  ['src/operations/extract.ts', '../http/routes.ts', 'operations'],
  ['src/operations/read.ts', 'node:fs', 'operations-no-io'],
  ['src/explorer/rules.ts', '../http/routes.ts', 'explorer'],
  ['src/explorer/read.ts', 'node:fs', 'explorer-no-io'],
  ['src/evidence/expression.ts', 'fhirpath', 'one-fhirpath'],
  ['src/workers/places.ts', '../app.ts', 'workers'],
  ['src/app.ts', './main.ts', 'nobody-imports-main'],
  ['src/operations/apply.ts', '../app.ts', 'only-serve-imports-app'],
  ['src/config.ts', '../demo/mount.ts', 'only-wiring-imports-demo'],
  ['src/config.ts', '../bench/run.ts', 'src-stands-alone'],
  ['src/http/a.ts', './b.ts', 'no-circular'],
];

/** Imports that the rules allow, beside the wrong ones. */
const RIGHT: [file: string, imported: string][] = [
  ['src/serve.ts', './app.ts'],
  ['src/main.ts', 'node:http'],
  ['src/app.ts', '../demo/mount.ts'],
  ['src/knowledge/load.ts', 'node:fs'],
  ['src/knowledge/load.ts', './topic.ts'],
  ['src/cards/compose.ts', '../decision/decide.ts'],
  ['src/decision/decide.ts', '../knowledge/topic.ts'],
  ['src/call-service.ts', './cards/compose.ts'],
  ['src/http/routes.ts', '../call-service.ts'],
  ['src/operations/assess.ts', '../call-service.ts'],
  ['src/http/b.ts', './a.ts'],
];

const planted = mkdtempSync(join(tmpdir(), 'import-rules-'));
let reported: string[] = [];

beforeAll(async () => {
  const imports = new Map<string, string[]>();
  for (const [file, imported] of [...WRONG, ...RIGHT]) {
    imports.set(file, [...(imports.get(file) ?? []), imported]);
    const target = join(dirname(file), imported);
    if (imported.startsWith('.') && !imports.has(target)) imports.set(target, []);
  }
  for (const [file, list] of imports) {
    mkdirSync(join(planted, dirname(file)), { recursive: true });
    writeFileSync(join(planted, file), `${list.map((name) => `import '${name}';`).join('\n')}\nexport {};\n`);
  }
  reported = await violations(planted, ['src']);
});

afterAll(() => rmSync(planted, { recursive: true, force: true }));

test('the imports of the project follow the rules', async () => {
  expect(await violations(process.cwd(), ['src', 'demo', 'bench', 'scripts'])).toEqual([]);
});

test.each(WRONG)('when %s imports %s then %s reports it', (file, _imported, rule) => {
  expect(reported.some((line) => line.startsWith(`${rule}: ${file} -> `))).toBe(true);
});

test.each(RIGHT)('when %s imports %s then no rule but the one against cycles may report it', (file, imported) => {
  const target = imported.startsWith('.') ? join(dirname(file), imported) : imported.replace('node:', '');
  const lines = reported.filter((line) => line.endsWith(`: ${file} -> ${target}`));
  expect(lines.filter((line) => !line.startsWith('no-circular'))).toEqual([]);
});
