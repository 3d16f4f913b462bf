/** Good calls (conformance REQ, RSP, HOK-2, EXT-3, PRO, UID-2, DET-1). */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { CdsResponse } from '../../src/cds-hooks/card.ts';
import { EMERGENCY, levelOf, requestOf, SERVICE, topics, withoutUuids } from '../harness/requests.ts';
import { type RunningService, startService } from '../harness/service.ts';

let service: RunningService;
let plain: CdsResponse;
beforeAll(async () => {
  service = await startService({ topics });
  plain = await service.call(requestOf(EMERGENCY));
});
afterAll(() => service.close());

async function send(body: string, contentType = 'application/json'): Promise<Response> {
  return fetch(`${service.base}${SERVICE}`, { method: 'POST', headers: { 'content-type': contentType }, body });
}

test('when an emergency is called for then the answer is 200, JSON, and nothing but cards', async () => {
  const response = await service.post(SERVICE, requestOf(EMERGENCY));
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toMatch(/^application\/json/);
  const body = (await response.json()) as CdsResponse;
  expect(Object.keys(body)).toEqual(['cards']);
  expect(levelOf(body.cards)).toBe('emergency');
  expect(body.cards[0]?.indicator).toBe('critical');
});

test.each(['application/json; charset=utf-8', 'application/json;charset=UTF-8', 'Application/JSON'])(
  'when the content type is %s then it is accepted',
  async (contentType) => {
    expect((await send(JSON.stringify(requestOf(EMERGENCY)), contentType)).status).toBe(200);
  },
);

describe('when the request holds what the service does not know then the cards are the same', () => {
  const { context, prefetch } = requestOf(EMERGENCY);
  test.each<[string, Record<string, unknown>]>([
    ['an unknown member', { somethingNew: { a: [1] } }],
    ['an extension', { extension: { 'com.example.timestamp': '2026-11-25' } }],
    ['an optional context field of a later version', { context: { ...context, laterField: ['x'] } }],
    ['a prefetch key that nobody asked for', { prefetch: { ...prefetch, coverage: { resourceType: 'Bundle' } } }],
    ['a resource type that is not read', { prefetch: { ...prefetch, odd: { resourceType: 'Basilisk', eyes: 2 } } }],
    ['a prefetch key named like a member of every object', { prefetch: { ...prefetch, constructor: null } }],
    ['another hook instance, upper case', { hookInstance: 'A3F1C1C5-6F0A-4A52-9A3E-0D8F9F1F7C11' }],
    ['a hook instance of no known variant', { hookInstance: '11111111-2222-3333-4444-555555555555' }],
    ['no user', { context: { ...context, userId: undefined } }],
    ['a FHIR server that is not registered', { fhirServer: 'https://ehr.example/fhir' }],
  ])('%s', async (_, changes) => {
    const answer = await service.call(requestOf(EMERGENCY, changes));
    expect(withoutUuids(answer)).toEqual(withoutUuids(plain));
  });
});

test.each(['"__proto__":{"polluted":true},', '"constructor":{"prototype":{"polluted":true}},'])(
  'when the body begins with %s then nothing is changed by it',
  async (members) => {
    const body = JSON.stringify(requestOf(EMERGENCY));
    for (const place of ['{', '"context":{', '"prefetch":{', '"patient":{']) {
      const response = await send(body.replace(place, `${place}${members}`));
      expect([200, 400]).toContain(response.status);
      expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    }
    expect(withoutUuids(await service.call(requestOf(EMERGENCY)))).toEqual(withoutUuids(plain));
  },
);

test('when the same request comes again then the cards are the same, with new uuids', async () => {
  const again = await service.call(requestOf(EMERGENCY));
  expect(withoutUuids(again)).toEqual(withoutUuids(plain));
  expect(uuidsOf(again).filter((uuid) => uuidsOf(plain).includes(uuid))).toEqual([]);
});

test('when the entries of every Bundle come in another order, or twice, then the cards are the same', async () => {
  const body = requestOf(EMERGENCY);
  const shuffled = Object.entries(body.prefetch).map(([key, value]) => {
    const { entry } = value as { entry?: unknown[] };
    return [key, entry ? { ...(value as object), entry: [...entry, ...entry].reverse() } : value];
  });
  const answer = await service.call({ ...body, prefetch: Object.fromEntries(shuffled) });
  expect(withoutUuids(answer)).toEqual(withoutUuids(plain));
});

test('when an encounter starts then the encounter of the hook stands in the drafts', async () => {
  const { cards } = await service.call(requestOf(EMERGENCY, { hook: 'encounter-start' }));
  const resources = cards.flatMap(({ suggestions = [] }) => suggestions).flatMap(({ actions }) => actions);
  expect(resources.length).toBeGreaterThan(0);
  for (const action of resources) {
    expect(action).toMatchObject({ resource: { encounter: { reference: 'Encounter/case-encounter' } } });
  }
});

test('when many calls come at once then each is answered for its own patient', async () => {
  const ids = Array.from({ length: 40 }, (_, at) => `patient-${at}`);
  const answers = await Promise.all(
    ids.map((id) => service.call(JSON.parse(JSON.stringify(requestOf(EMERGENCY)).replaceAll('case-patient', id)))),
  );
  for (const [at, answer] of answers.entries()) {
    expect(new Set(JSON.stringify(answer).match(/Patient\/[a-z0-9-]+/g))).toEqual(new Set([`Patient/${ids[at]}`]));
  }
});

const uuidsOf = (answer: CdsResponse): string[] => JSON.stringify(answer).match(/"uuid":"[^"]+"/g) ?? [];
