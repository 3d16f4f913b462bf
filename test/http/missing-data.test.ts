/** What could not be had (conformance PRE; architecture section 4): 412, or 200 and said; never a silent all-clear. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  EMERGENCY,
  KEYS,
  type Key,
  levelOf,
  MILD,
  requestOf,
  SERVICE,
  SILENT,
  saidUnread,
  topics,
  withoutUuids,
  withPrefetch,
} from '../harness/requests.ts';
import { type RunningService, startService } from '../harness/service.ts';

let service: RunningService;
beforeAll(async () => {
  service = await startService({ topics });
});
afterAll(() => service.close());

const OUTCOME = { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'exception' }] };
const EMPTY = { resourceType: 'Bundle', type: 'searchset', total: 0 };
const names = Object.keys(KEYS) as Key[];
const all = (value: unknown) => Object.fromEntries(names.map((name) => [name, value]));
const people = [
  ['an emergency', EMERGENCY],
  ['a mild pain', MILD],
  ['no back pain', SILENT],
] as const;

describe('when nothing could be had and there is no FHIR server then 412', () => {
  test.each<[string, Record<string, unknown>]>([
    ['without prefetch', { prefetch: undefined }],
    ['with an empty prefetch', { prefetch: {} }],
    ['with foreign keys only', { prefetch: { coverage: EMPTY } }],
    ['with OperationOutcomes only', { prefetch: all(OUTCOME) }],
    ['with OperationOutcomes and missing keys', { prefetch: { patient: OUTCOME, responses: OUTCOME } }],
    ['with a FHIR server that is not registered', { prefetch: {}, fhirServer: 'https://ehr.example/fhir' }],
  ])('%s', async (_, changes) => {
    const response = await service.post(SERVICE, requestOf(EMERGENCY, changes));
    expect(response.status).toBe(412);
    expect(await response.json()).toMatchObject({ resourceType: 'OperationOutcome', issue: [{ code: 'incomplete' }] });
  });
});

describe('when one key is there, known to be empty, then 200 and what is unknown is said', () => {
  test.each(names)('%s', async (name) => {
    for (const value of [null, EMPTY]) {
      const { cards } = await service.call(requestOf(EMERGENCY, { prefetch: { [name]: value } }));
      expect(saidUnread(cards)).not.toEqual([]);
      expect(saidUnread(cards)).not.toContain(KEYS[name]);
    }
  });
});

test('when every key is known to be empty then nobody is known to be pregnant, and nothing is said', async () => {
  for (const value of [null, EMPTY]) {
    expect(await service.call(requestOf(EMERGENCY, { prefetch: all(value) }))).toEqual({ cards: [] });
  }
});

describe.each(people)('when %s lacks one key', (_, person) => {
  const request = requestOf(person);
  const answer = (changes: Record<string, unknown>) => service.call(withPrefetch(request, changes));

  test.each(names)('%s, absent or an OperationOutcome, then it is named, and both say the same', async (name) => {
    const absent = await answer({ [name]: undefined });
    expect(saidUnread(absent.cards)).toContain(KEYS[name]);
    expect(withoutUuids(await answer({ [name]: OUTCOME }))).toEqual(withoutUuids(absent));
  });

  test.each(names)('%s, null or an empty Bundle, then it counts as read, and both say the same', async (name) => {
    const empty = await answer({ [name]: null });
    expect(saidUnread(empty.cards)).toEqual([]);
    expect(withoutUuids(await answer({ [name]: EMPTY }))).toEqual(withoutUuids(empty));
  });
});

test('when any of the keys are absent then each is named, and the emergency stands wherever its form was read', async () => {
  const request = requestOf(EMERGENCY);
  for (const absent of subsets(names).filter((subset) => subset.length < names.length)) {
    const { cards } = await service.call(
      withPrefetch(request, Object.fromEntries(absent.map((name) => [name, undefined]))),
    );
    if (!absent.includes('responses')) expect(levelOf(cards)).toBe('emergency');
    if (absent.length === 0) continue;
    // Not known to be pregnant: the card names the sources of the pregnancy status, not everything.
    const said = saidUnread(cards);
    expect(said.length).toBeGreaterThan(0);
    if (levelOf(cards)) expect(said).toEqual(absent.map((name) => KEYS[name]).sort());
  }
});

test('when a Bundle is only a first page then what is on it counts, and the rest is said to be missing', async () => {
  const request = requestOf(EMERGENCY);
  const link = [{ relation: 'next', url: 'https://ehr.example/fhir?page=2' }];
  for (const name of names.filter((key) => key !== 'patient')) {
    const { cards } = await service.call(
      withPrefetch(request, { [name]: { ...(request.prefetch[name] as object), link } }),
    );
    expect(levelOf(cards)).toBe('emergency');
    expect(saidUnread(cards)).toEqual([KEYS[name]]);
  }
});

test('when a key holds another type than it was asked for then its own is said to be missing', async () => {
  const { cards } = await service.call(
    withPrefetch(requestOf(EMERGENCY), { conditions: { resourceType: 'Basic', id: 'b' } }),
  );
  expect(saidUnread(cards)).toEqual(['Condition']);
});

function subsets<T>(items: readonly T[]): T[][] {
  return Array.from({ length: 2 ** items.length }, (_, bits) => items.filter((_item, at) => bits & (1 << at)));
}
