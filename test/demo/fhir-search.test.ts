import { describe, expect, test } from '@jest/globals';
import type { Bundle } from '@medplum/fhirtypes';
import { dataNeeds, queryFor } from '../../src/call-service/data-needs.ts';
import { topics } from '../harness/requests.ts';
import { get, idsFound, idsFoundByPost, problem, serving } from './fhir-fixture.ts';

const needs = topics.flatMap((topic) => dataNeeds(topic));

describe('searching', () => {
  test.each([
    ['a bare id', 'patient=ann'],
    ['a relative reference', 'patient=Patient/ann'],
    ['an absolute reference', 'patient=http://127.0.0.1/fhir/Patient/ann'],
    ['the subject, bare', 'subject=ann'],
    ['the subject', 'subject=Patient/ann'],
  ])('by %s finds the observations of that patient only', async (_, query) => {
    expect(await idsFound(`Observation?${query}`)).toEqual(['diastolic', 'pulse', 'systolic']);
    expect(await idsFoundByPost('Observation', query)).toEqual(['diastolic', 'pulse', 'systolic']);
  });

  test('takes a list of codes', async () => {
    expect(await idsFound('Observation?patient=ann&code=8480-6,8462-4')).toEqual(['diastolic', 'systolic']);
    expect(await idsFoundByPost('Observation', 'code=8480-6,8462-4&patient=ann')).toEqual(['diastolic', 'systolic']);
    expect(await idsFound('Observation?patient=ann&code=http://loinc.org|8867-4')).toEqual(['pulse']);
  });

  test.each([
    ['Procedure', 'birth'],
    ['MedicationRequest', 'order-ann'],
    ['MedicationStatement', 'statement-ann'],
    ['List', 'list-ann'],
  ])('the published query for %s finds hers, and of medicines only those taken', async (type, id) => {
    const need = needs.find((candidate) => candidate.type === type);
    expect(need && (await idsFound(queryFor(need, 'ann')))).toEqual([id]);
  });

  test('joins the parameters of URL and form', async () => {
    expect(await idsFoundByPost('Observation', 'code=8867-4', '?patient=ann')).toEqual(['pulse']);
  });

  test('compares dates', async () => {
    expect(await idsFound('Observation?patient=ann&date=ge2026-06-15')).toEqual(['diastolic', 'systolic']);
    expect(await idsFound('Observation?patient=ann&date=lt2026-06-15')).toEqual(['pulse']);
  });

  test('finds a response by its Questionnaire without the version', async () => {
    expect(await idsFound('QuestionnaireResponse?questionnaire=http://example.org/Questionnaire/triage')).toEqual([
      'form',
    ]);
  });

  test('sorts by several keys, the first being the most important', async () => {
    const bundle = await get<Bundle>('Observation?patient=ann&_sort=-date,code');
    expect(bundle.entry?.map(({ resource }) => resource?.id)).toEqual(['diastolic', 'systolic', 'pulse']);
  });

  test('pages, and the next links lead through all', async () => {
    const first = await get<Bundle>('Observation?patient=ann&_count=2');
    expect(first).toMatchObject({ type: 'searchset', total: 3 });
    expect(first.entry).toHaveLength(2);
    expect(first.link?.map(({ relation }) => relation)).toEqual(['self', 'next']);
    const rest = await get<Bundle>(`Observation?${first.link?.[1]?.url?.split('?')[1]}`);
    expect(rest.entry).toHaveLength(1);
    expect(rest.link?.map(({ relation }) => relation)).toEqual(['self']);
  });

  test('says in the self link what it used, and leaves out what it does not understand', async () => {
    const bundle = await get<Bundle>('Observation?patient=ann&code=8867-4&value-quantity=gt100&_include=x&__proto__=1');
    expect(bundle.link?.[0]?.url).toMatch(/Observation\?patient=Patient%2Fann&code=8867-4$/);
    expect(bundle.entry?.[0]).toMatchObject({ search: { mode: 'match' } });
    expect(bundle.entry?.[0]?.fullUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/fhir\/Observation\/pulse$/);
  });

  test('refuses what it does not understand when the client is strict', async () => {
    const headers = { prefer: 'handling=strict' };
    expect(await problem('Observation?value-quantity=gt100', { headers })).toBe(400);
    expect(await problem('Observation?_count=many')).toBe(400);
  });

  const needs = topics.flatMap((topic) => topic.hooks.flatMap((hook) => dataNeeds(topic, hook)));
  const asked = [...new Map(needs.map((need) => [need.template, need])).values()];

  test.each(asked.map((need) => [need.key, need] as const))(
    'understands everything that the service asks for: %s',
    async (_key, need) => {
      const answer = (query: string) =>
        serving((fhir) => fetch(`${fhir}/${query}`, { headers: { prefer: 'handling=strict' } }));
      expect((await answer(queryFor(need, 'ann'))).status).toBe(200);
    },
  );

  test('finds the procedures and the episodes of care of a patient', async () => {
    expect(await idsFound('Procedure?patient=ann&_sort=-date')).toEqual(['birth']);
    expect(await idsFound('EpisodeOfCare?patient=ann')).toEqual(['care']);
    expect(await idsFound('EpisodeOfCare?patient=bea')).toEqual([]);
  });

  test('finds nothing as a Bundle without entries', async () => {
    const bundle = await get<Bundle>('Condition?patient=ann');
    expect(bundle).toMatchObject({ resourceType: 'Bundle', type: 'searchset', total: 0 });
    expect(bundle).not.toHaveProperty('entry');
  });
});
