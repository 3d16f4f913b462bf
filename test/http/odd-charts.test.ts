/** Charts that are no FHIR (bar I4): the call is answered, what cannot be read is said, and the rest still counts. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { hooks, requestsFor } from '../conformance/hooks.ts';
import { EMERGENCY, levelOf, requestOf, SERVICE, saidUnread, topics, withPrefetch } from '../harness/requests.ts';
import { type RunningService, startService } from '../harness/service.ts';

let service: RunningService;
beforeAll(async () => {
  service = await startService({ topics });
});
afterAll(() => service.close());

const request = requestOf({
  ...EMERGENCY,
  form: { answers: { backPain: 'yes', saddleNumbness: 'yes', severity: 8 } },
  chart: [
    {
      resourceType: 'Observation',
      id: 'pressure',
      status: 'final',
      code: { coding: [{ system: 'http://loinc.org', code: '85354-9' }] },
      effectivePeriod: { start: '{{now-2h}}', end: '{{now-1h}}' },
      component: [
        {
          code: { coding: [{ system: 'http://loinc.org', code: '8480-6' }] },
          valueQuantity: { value: 84, unit: 'mmHg', system: 'http://unitsofmeasure.org', code: 'mm[Hg]' },
        },
      ],
    },
    {
      resourceType: 'Encounter',
      id: 'visit',
      status: 'triaged',
      class: { code: 'AMB' },
      period: { start: '{{now-1h}}' },
      reasonCode: [{ coding: [{ system: 'http://snomed.info/sct', code: '289530006' }], text: 'bleeding' }],
    },
  ],
} as typeof EMERGENCY);

const ODD: unknown[] = [null, 0, '', 'x', true, {}, [null], ['x'], '2026-02-30'];

type Path = (string | number)[];

function pathsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => [[...path, key], ...pathsOf(member, [...path, key])]);
}

/** Entries of one list are alike: the last of each stands for all. */
const shapeOf = (path: Path): string => path.map((key) => (/^\d+$/.test(`${key}`) ? '#' : key)).join('.');

function replaced(value: unknown, [key, ...rest]: Path, odd: unknown): unknown {
  if (key === undefined) return odd;
  const copy = Array.isArray(value) ? [...value] : { ...(value as object) };
  Object.assign(copy, { [key]: replaced((value as Record<string, unknown>)[key], rest, odd) });
  return copy;
}

test('when any element of the chart is of another kind then the call is answered all the same', async () => {
  const { responses, ...prefetch } = request.prefetch;
  const byShape = new Map(
    pathsOf({ ...prefetch, responses: firstAnswers(responses) }).map((path) => [shapeOf(path), path]),
  );
  const paths = [...byShape.values()].filter(({ length }) => length > 1);
  const failed: string[] = [];
  for (const path of paths) {
    const answers = await Promise.all(
      ODD.map((odd) => service.post(SERVICE, { ...request, prefetch: replaced(request.prefetch, path, odd) })),
    );
    for (const [at, { status }] of answers.entries()) {
      // Refused: a Patient that is not this one, and a prefetch value that is no resource.
      const refusable = path[0] === 'patient' || path.join('.') === `${path[0]}.resourceType`;
      if (status !== 200 && !(status === 400 && refusable)) {
        failed.push(`${status} ${path.join('.')} = ${JSON.stringify(ODD[at])}`);
      }
    }
    await Promise.all(answers.map((response) => response.text()));
  }
  expect(failed).toEqual([]);
  expect(paths.length).toBeGreaterThan(80);
}, 180_000);

test('when one resource cannot be read then this is said, and the emergency in the others stands', async () => {
  const broken = {
    resourceType: 'Condition',
    id: 'broken',
    subject: { reference: 'Patient/case-patient' },
    code: 'M54.5',
  };
  const conditions = { resourceType: 'Bundle', entry: [{ resource: broken }] };
  const { cards } = await service.call(withPrefetch(request, { conditions }));
  expect(levelOf(cards)).toBe('emergency');
  expect(saidUnread(cards)).toEqual(['Condition']);
});

/** The request itself is the first level of 64. */
const nested = (depth: number) => ({
  lists: '['.repeat(depth) + ']'.repeat(depth),
  objects: `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`,
});

test('when JSON is nested 64 deep then it is read', async () => {
  const body = JSON.stringify({ ...request, mark: 'HERE' });
  for (const deep of Object.values(nested(63))) {
    expect((await service.post(SERVICE, body.replace('"HERE"', deep))).status).toBe(200);
  }
});

test.each([64, 1_000, 20_000, 200_000])(
  'when JSON is nested %i deep under the request, wherever it stands, then it is refused',
  async (depth) => {
    const { lists, objects } = nested(depth);
    const items = `${'[{"linkId":"x","item":'.repeat(depth)}[]${'}]'.repeat(depth)}`;
    const form = `{"resourceType":"QuestionnaireResponse","id":"deep","status":"completed","item":${items}}`;
    const body = JSON.stringify({ ...request, mark: 'HERE' });
    const inPrefetch = JSON.stringify(withPrefetch(request, { responses: 'HERE' }));
    const bodies = [
      lists,
      objects,
      body.replace('"HERE"', lists),
      body.replace('"HERE"', objects),
      inPrefetch.replace('"HERE"', form),
    ];
    for (const refused of bodies) expect((await service.post(SERVICE, refused)).status).toBe(400);
    expect(levelOf((await service.call(request)).cards)).toBe('emergency');
  },
);

test('when a prefetch value is called a Bundle and is none then the call is answered at every hook', async () => {
  for (const hook of hooks) {
    for (const entry of [{}, 5, 'x', true, { resource: {} }]) {
      const body = requestsFor(hook)[0] as typeof request;
      const odd = { resourceType: 'Bundle', entry };
      const { cards } = await service.call(withPrefetch(body, { observations: odd, medications: odd }));
      expect(saidUnread(cards)).toContain('Observation');
    }
  }
});

test('when a chart holds thousands of entries then it is answered', async () => {
  const { entry } = request.prefetch.observations as { entry: unknown[] };
  const many = { resourceType: 'Bundle', entry: Array.from({ length: 8_000 }, () => entry).flat() };
  const { cards } = await service.call(withPrefetch(request, { observations: many }));
  expect(levelOf(cards)).toBe('emergency');
});

/** The shape of a form repeats: a few answers stand for all. */
function firstAnswers(responses: unknown): unknown {
  const [{ resource }] = (responses as { entry: [{ resource: { item: { item?: unknown[] }[] } }] }).entry;
  const [group] = resource.item;
  const item = [{ ...group, ...(group?.item && { item: group.item.slice(0, 2) }) }];
  return { resourceType: 'Bundle', entry: [{ resource: { ...resource, item } }] };
}
