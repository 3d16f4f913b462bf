/** Knowledge fails at start, not at the bedside: every plan of ours is accepted, and a missing one is said. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { StructureDefinition } from 'fhir/r4.js';
import { ServiceError } from '../../src/errors.ts';
import { resourcesIn } from '../../src/fhir/bundles.ts';
import { checkKnowledge } from '../../src/knowledge/lint/check-knowledge.ts';
import { KNOWN_EXTENSIONS, type Shape } from '../../src/knowledge/lint/known-extensions.ts';
import { compileKnowledge, loadTopics, readKnowledgeFiles } from '../../src/knowledge/load.ts';

let copy: string;
beforeEach(() => {
  copy = mkdtempSync(join(tmpdir(), 'knowledge-'));
  for (const folder of ['questionnaires', 'plan-definitions']) cpSync(folder, join(copy, folder), { recursive: true });
});
afterEach(() => rmSync(copy, { recursive: true, force: true }));

/** Code and details of the refusal. */
function refusal(load: () => unknown): [string, readonly string[]] {
  try {
    load();
  } catch (error) {
    if (error instanceof ServiceError) return [error.code, error.details];
    throw error;
  }
  throw new Error('the knowledge was accepted');
}

test('the knowledge of the service has no findings', () => {
  const { topics, problems } = checkKnowledge(readKnowledgeFiles('.'));
  expect(problems).toEqual([]);
  expect(topics.length).toBeGreaterThan(0);
});

test('when the file of the plan is deleted then nothing is served', () => {
  expect(loadTopics(copy).length).toBeGreaterThan(0);
  for (const { file, resource } of readKnowledgeFiles(copy)) {
    if (resource.resourceType === 'PlanDefinition') rmSync(join(copy, file));
  }
  expect(refusal(() => loadTopics(copy))[0]).toBe('bad-knowledge');
});

test('when a form is deleted then the plan that depends on it is refused', () => {
  const form = readKnowledgeFiles(copy).find(({ resource }) => resource.resourceType === 'Questionnaire');
  rmSync(join(copy, form?.file ?? ''));
  const [code, details] = refusal(() => loadTopics(copy));
  expect(code).toBe('bad-knowledge');
  expect(details.join('\n')).toMatch(/depends on .*, which is no Questionnaire here/);
});

test('a finding is one line: file, element, reason', () => {
  const files = readKnowledgeFiles(copy).map(({ file, resource }) => ({
    file,
    resource: { ...resource, status: 'x' },
  }));
  const [, details] = refusal(() => compileKnowledge(files as ReturnType<typeof readKnowledgeFiles>));
  expect(details[0]).toMatch(/^(questionnaires|plan-definitions)\/[\w-]+\.json: [\w-]+: .*`status` is `x`/);
});

/** Extensions of what people send are no knowledge. */
const isOfAnswers = ({ context = [] }: StructureDefinition): boolean =>
  context.length > 0 && context.every(({ expression }) => expression.startsWith('QuestionnaireResponse'));

const LIMB = /^Extension\.extension:([\w-]+)(?:\.extension:([\w-]+))?$/;

/** `name` and `name.limb` of every StructureDefinition of ours. */
function defined(): string[] {
  const definitions = readKnowledgeFiles('.').flatMap(({ resource }) => resourcesIn(resource));
  return definitions.flatMap((definition) => {
    if (definition.resourceType !== 'StructureDefinition' || isOfAnswers(definition)) return [];
    const limbs = (definition.differential?.element ?? []).flatMap(({ id }) => {
      const [, ...names] = LIMB.exec(id ?? '') ?? [];
      return names.length > 0 ? [[definition.id, ...names.filter(Boolean)].join('.')] : [];
    });
    return [definition.id ?? '', ...limbs];
  });
}

/** `name` and `name.limb` of every extension that the lint accepts. */
const namesOf = (shapes: Readonly<Record<string, Shape>>, path = ''): string[] =>
  Object.entries(shapes).flatMap(([name, { limbs = {} }]) => [path + name, ...namesOf(limbs, `${path}${name}.`)]);

test('the extensions that the lint knows are those that have a StructureDefinition', () => {
  const standard = /^(questionnaire-|valueset-|entryFormat|minValue|maxValue)/;
  const known = Object.values(KNOWN_EXTENSIONS).flatMap((shapes) => namesOf(shapes));
  expect(new Set(known.filter((name) => !standard.test(name)))).toEqual(new Set(defined()));
});
