/** Every clinical case, through the public hook: real HTTP, real FHIR JSON. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { loadTopics } from '../src/knowledge/load.ts';
import { hookRequestOf, momentOf, readCases } from './harness/case.ts';
import { differences } from './harness/case-result.ts';
import { type RunningService, startService } from './harness/service.ts';

const topics = loadTopics('.');
const cases = readCases('back-pain-in-pregnancy');
const questionnaires = topics.flatMap((topic) => topic.questionnaires);

const services = new Map<string, RunningService>();

beforeAll(async () => {
  for (const now of new Set(cases.map(({ clinicalCase }) => momentOf(clinicalCase)))) {
    services.set(now, await startService({ now, topics }));
  }
});
afterAll(async () => {
  for (const service of services.values()) await service.close();
});

function serviceAt(now: string): RunningService {
  const service = services.get(now);
  if (!service) throw new Error(`no service at ${now}`);
  return service;
}

describe('case', () => {
  test.each(cases.map(({ name, clinicalCase }) => [`${name}: ${clinicalCase.title}`, clinicalCase] as const))(
    '%s',
    async (_name, clinicalCase) => {
      const answer = await serviceAt(momentOf(clinicalCase)).call(hookRequestOf(clinicalCase, questionnaires));
      expect(differences(clinicalCase, answer)).toEqual([]);
    },
  );
});
