/** The knowledge as a FHIR package: valid R4, the same archive each time, and our loader loads it back. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { fhirPackage, type PackageFile } from '../../scripts/package/fhir-package.ts';
import { tgz } from '../../scripts/package/tar.ts';
import type { Bundle, FhirResource, OperationDefinition, PlanDefinition } from '../../src/fhir/types.ts';
import { compileKnowledge, readKnowledgeFiles } from '../../src/knowledge/load.ts';
import { compilePlans } from '../../src/plan/compile-plans.ts';
import { EMERGENCY, requestOf, topics, withoutUuids } from '../harness/requests.ts';
import { startService } from '../harness/service.ts';
import { faultsOfR4 } from '../operations/r4.ts';

const identity = { name: 'example.knowledge', version: '1.2.3', description: 'What it is', license: 'Apache-2.0' };
const folder = mkdtempSync(join(tmpdir(), 'package-'));
let contents: PackageFile[];

beforeAll(() => {
  contents = fhirPackage(readKnowledgeFiles('.'), topics, identity);
  writeFileSync(join(folder, 'knowledge.tgz'), tgz('package', contents));
  execFileSync('tar', ['-xzf', 'knowledge.tgz'], { cwd: folder });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const parsed = (name: string): unknown => JSON.parse(contents.find((file) => file.name === name)?.text ?? 'null');

test('the archive holds the files as they are, and is the same each time', () => {
  expect(readdirSync(join(folder, 'package')).sort()).toEqual(contents.map(({ name }) => name).sort());
  for (const { name, text } of contents) expect(readFileSync(join(folder, 'package', name), 'utf8')).toBe(text);
  expect(tgz('package', contents).equals(tgz('package', contents))).toBe(true);
});

test('package.json and the index say what is in it', () => {
  expect(parsed('package.json')).toMatchObject({
    ...identity,
    fhirVersions: ['4.0.1'],
    canonical: 'http://example.org/pregnancy-back-pain-cds',
    dependencies: { 'hl7.fhir.r4.core': '4.0.1' },
  });
  const { files } = parsed('.index.json') as { files: { filename: string; resourceType: string; id: string }[] };
  expect(files.map(({ filename }) => filename).sort()).toEqual(
    contents
      .slice(2)
      .map(({ name }) => name)
      .sort(),
  );
  for (const { filename, ...said } of files) expect(parsed(filename)).toMatchObject(said);
});

test('every resource is valid R4, and the plan says what its items read', () => {
  const faults = contents
    .slice(2)
    .flatMap(({ name, text }) => faultsOfR4(JSON.parse(text)).map((fault) => `${name}: ${fault}`));
  expect(faults).toEqual([]);
  const plan = parsed('PlanDefinition-back-pain-in-pregnancy.json') as PlanDefinition;
  const input = plan.action?.[0]?.input ?? [];
  expect(input.map(({ type }) => type)).toEqual(
    expect.arrayContaining(['Patient', 'Observation', 'QuestionnaireResponse']),
  );
  const observation = input.find(({ type }) => type === 'Observation');
  expect(observation?.codeFilter?.[0]?.code).toContainEqual({ system: 'http://loinc.org', code: '8480-6' });
});

test('what the service offers is described in it, as the service itself describes it', async () => {
  const service = await startService({ topics });
  const response = await fetch(`${service.base}/fhir-api/OperationDefinition`);
  const { entry = [] } = (await response.json()) as Bundle<OperationDefinition>;
  await service.close();
  expect(entry.length).toBeGreaterThan(0);
  const packed = contents.filter(({ name }) => name.startsWith('OperationDefinition-'));
  expect(packed.map(({ text }) => JSON.parse(text))).toEqual(entry.map(({ resource }) => resource));
});

test('our loader loads it back, and the service says the same', async () => {
  const loaded = compileKnowledge(readKnowledgeFiles(join(folder, 'package')));
  expect(loaded.map(({ id, version }) => [id, version])).toEqual(topics.map(({ id, version }) => [id, version]));
  const [one, other] = await Promise.all([startService({ topics }), startService({ topics: loaded })]);
  const request = requestOf(EMERGENCY);
  expect(withoutUuids(await other.call(request))).toEqual(withoutUuids(await one.call(request)));
  await Promise.all([one.close(), other.close()]);
});

test('plans in plain R4 are packed and loaded too', () => {
  const foreign = readKnowledgeFiles('test/fixtures/foreign');
  const target = join(folder, 'foreign');
  mkdirSync(target);
  for (const { name, text } of fhirPackage(foreign, [], identity)) writeFileSync(join(target, name), text);
  const ids = (plans: { id: string }[]) => plans.map(({ id }) => id).sort();
  expect(ids(compilePlans(readKnowledgeFiles(target)))).toEqual(ids(compilePlans(foreign)));
});

test('an index that leads out of the package is refused', () => {
  const target = join(folder, 'strange');
  mkdirSync(target);
  const resource: Partial<FhirResource> = { resourceType: 'PlanDefinition' };
  writeFileSync(join(folder, 'outside.json'), JSON.stringify(resource));
  writeFileSync(join(target, '.index.json'), JSON.stringify({ files: [{ filename: '../outside.json' }] }));
  expect(() => readKnowledgeFiles(target)).toThrow('The package names files outside of it');
});
