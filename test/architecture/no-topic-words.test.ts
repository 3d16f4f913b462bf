/** The seam: no linkId, option code, code of a code system, display or level code of any topic stands in `src/`. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { readKnowledgeFiles } from '../../src/knowledge/load.ts';
import { LOOKED_UP } from '../../src/knowledge/names.ts';

/** Words of topics that FHIR, CDS Hooks or the language itself uses too; each with its reason. None is camelCase. */
const ALLOWED: Record<string, string> = {
  notSure: "the engine's own word for unknown; the one camelCase word",
  none: 'an empty choice; %responseStatus',
  no: 'limb of a window; v2-0532',
  yes: 'limb of a window; v2-0532',
  Y: 'v2-0532 code of yes',
  N: 'v2-0532 code of no',
  positive: 'sign of a statement',
  negative: 'sign of a statement',
  normal: 'a value inside its range',
  pregnant: "a pregnancy status, the engine's own",
  possible: "a pregnancy status, the engine's own",
  not: "a pregnancy status, the engine's own",
  hours: 'a unit of time',
  days: 'a unit of time',
  weeks: 'a unit of time',
  routine: 'FHIR request priority',
  severity: 'FHIR OperationOutcome.issue.severity',
  incomplete: 'FHIR issue type',
  trace: 'a level of the logger',
  frequency: 'FHIR Timing.repeat.frequency',
};

const DATING = 'src/pregnancy/standard-codes.ts';

type Json = { [member: string]: unknown };

/** Systems whose codes belong to FHIR or to units, not to a topic. */
const STANDARD_SYSTEMS = new Set([
  'http://terminology.hl7.org/CodeSystem/v2-0532',
  'http://terminology.hl7.org/CodeSystem/v3-ActCode',
  'http://terminology.hl7.org/CodeSystem/list-example-use-codes',
  'http://terminology.hl7.org/CodeSystem/plan-definition-type',
  'http://terminology.hl7.org/CodeSystem/action-type',
  'http://unitsofmeasure.org',
]);

/** linkIds; codes and displays of codings; names of derived facts and alternatives; options that only a source names. */
function* wordsOf(value: unknown): Generator<string> {
  if (Array.isArray(value)) for (const entry of value) yield* wordsOf(entry);
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return;
  const object = value as Json;
  const isCoding = typeof object.code === 'string' && 'system' in object && !('value' in object);
  if (isCoding && !STANDARD_SYSTEMS.has(String(object.system))) yield* texts(object.code, object.display);
  if ('expression' in object) yield* texts(object.name);
  if (object.url === 'value' || object.url === 'to') yield* texts(object.valueCode);
  yield* texts(object.linkId);
  for (const inner of Object.values(object)) yield* wordsOf(inner);
}

const texts = (...values: unknown[]): string[] => values.filter((value) => typeof value === 'string');

function topicWords(): Set<string> {
  const resources = readKnowledgeFiles('.').filter(({ file }) => !file.endsWith('structure-definitions.json'));
  const words = resources.flatMap(({ resource }) => [...wordsOf(resource)]);
  // The engine looks five variables up by fixed names: these names are its own (design: names that src gives).
  const fixed: string[] = Object.values(LOOKED_UP);
  return new Set(words.filter((word) => !(word in ALLOWED) && !fixed.includes(word)));
}

/** String literals, `%names` and property names of a source file, comments apart. */
function namesIn(text: string): Set<string> {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1');
  const literals = [...code.matchAll(/'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\]|\\.)*)`/g)].map(
    ([, single, double, template]) => single ?? double ?? template ?? '',
  );
  const variables = [...code.matchAll(/%(\w+)/g)].map(([, name]) => name ?? '');
  const properties = [...code.matchAll(/\.(\w+)\b|\b(\w+)\??:/g)].map(([, member, key]) => member ?? key ?? '');
  return new Set([...literals, ...variables, ...properties]);
}

function sourceFiles(): string[] {
  return readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join('src', file));
}

test('no word of a topic stands in src', () => {
  const words = topicWords();
  const found = sourceFiles()
    .filter((file) => file !== DATING)
    .flatMap((file) =>
      [...namesIn(readFileSync(file, 'utf8'))].filter((name) => words.has(name)).map((name) => `${file}: ${name}`),
    );
  expect(found).toEqual([]);
});

test('the list of words is built from the knowledge, and finds them', () => {
  const words = topicWords();
  for (const word of [
    'saddleNumbness',
    'heavy',
    'contractionLike',
    'same-day',
    'self-care',
    '8867-4',
    '271594007',
    'anyBleeding',
  ]) {
    expect(words).toContain(word);
  }
  const planted =
    "const a = facts.get('saddleNumbness'); const b = `%anyBleeding`; const c = { heavy: 1 }; d.contractionLike;";
  expect([...namesIn(planted)].filter((name) => words.has(name)).sort()).toEqual([
    'anyBleeding',
    'contractionLike',
    'heavy',
    'saddleNumbness',
  ]);
});

test('the allow-list holds no camelCase word but notSure, and no code made of digits', () => {
  const words = Object.keys(ALLOWED);
  expect(words.filter((word) => /[a-z][A-Z]/.test(word))).toEqual(['notSure']);
  expect(words.filter((word) => /\d/.test(word))).toEqual([]);
});
