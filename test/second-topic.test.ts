/** A second topic is two more files: the same `src` serves it, and shares no name or level with the first. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { EXTENSION_NAME } from '../src/cds-hooks/card.ts';
import { loadTopics } from '../src/knowledge/load.ts';
import { type RunningService, startService } from './harness/service.ts';

const NOW = '2026-11-25T10:00:00Z';
const YES_NO = 'http://terminology.hl7.org/CodeSystem/v2-0532';
const THROBBING = 'http://example.com/headache/CodeSystem/throbbing';

let service: RunningService;
beforeAll(async () => {
  service = await startService({ now: NOW, topics: [...loadTopics('.'), ...loadTopics('test/fixtures/headache')] });
});
afterAll(() => service.close());

type Coding = { system: string; code: string };

function request(answers: Record<string, Coding>) {
  const subject = { reference: 'Patient/p' };
  const item = Object.entries(answers).map(([linkId, valueCoding]) => ({ linkId, answer: [{ valueCoding }] }));
  const questionnaire = 'http://example.com/headache/Questionnaire/head-form';
  const response = {
    resourceType: 'QuestionnaireResponse',
    id: 'r',
    questionnaire,
    status: 'completed',
    subject,
    item,
  };
  const code = { coding: [{ system: 'http://example.com/codes', code: 'expecting' }] };
  return {
    hook: 'patient-view',
    hookInstance: '5c1f5f0a-6d2b-4b8e-9a55-0c4bb0b9f8d1',
    context: { userId: 'Practitioner/p', patientId: 'p' },
    prefetch: {
      patient: { resourceType: 'Patient', id: 'p' },
      responses: { resourceType: 'Bundle', entry: [{ resource: { ...response, authored: '2026-11-25T09:00:00Z' } }] },
      conditions: {
        resourceType: 'Bundle',
        entry: [{ resource: { resourceType: 'Condition', id: 'c', subject, code } }],
      },
      encounters: null,
    },
  };
}

const yes: Coding = { system: YES_NO, code: 'Y' };
const allDay: Coding = { system: THROBBING, code: 'allDay' };

test('when the answers of the second topic fire its rule then the card speaks in its levels', async () => {
  const { cards } = await service.call(request({ worstEver: yes, throbbing: allDay }), 'headache');
  expect(cards.map(({ summary, indicator }) => [summary, indicator])).toEqual([
    ['Red: sudden severe headache', 'critical'],
  ]);
  expect(cards[0]?.extension[EXTENSION_NAME]).toMatchObject({ level: 'red', fired: ['H1'], plan: 'headache|1.0.0' });
});

test('when an answer is missing beside a positive one then its open rule raises the level it names', async () => {
  const { cards } = await service.call(request({ worstEver: yes }), 'headache');
  expect(cards[0]?.summary).toBe('Amber: cannot exclude sudden severe headache');
  expect(cards[0]?.detail).toContain('Ask: “How does it throb?”');
  expect(cards[0]?.extension[EXTENSION_NAME]).toMatchObject({ level: 'amber', open: ['H1'] });
});

test('when nothing fires then the second topic is silent, and the first one is still served', async () => {
  const never: Coding = { system: THROBBING, code: 'never' };
  const { cards } = await service.call(
    request({ worstEver: { system: YES_NO, code: 'N' }, throbbing: never }),
    'headache',
  );
  expect(cards).toEqual([]);
  const discovery = (await (await fetch(`${service.base}/cds-services`)).json()) as { services: { id: string }[] };
  expect([...new Set(discovery.services.map(({ id }) => id))]).toEqual(['back-pain-in-pregnancy', 'headache']);
});
