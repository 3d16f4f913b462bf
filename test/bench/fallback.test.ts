/** How the queries of a call lie in its time, with made-up times; the stub answers over real HTTP. */
import { expect, test } from '@jest/globals';
import { requestBodies } from '../../bench/body.ts';
import { shapeOf } from '../../bench/fallback.ts';
import { startFhirStub } from '../../bench/fhir-stub.ts';
import { questionnaires } from '../harness/requests.ts';

test('when one query waits for another then two are at once, and the second round is told', () => {
  const queries = [
    { began: 2, ended: 22 },
    { began: 3, ended: 24 },
    { began: 22, ended: 42 },
  ];
  expect(shapeOf({ began: 0, ended: 45 }, queries)).toEqual({
    call: 45,
    slowest: 21,
    queries: 3,
    mostAtOnce: 2,
    before: 2,
    asking: 20,
    after: 3,
  });
});

test('when nothing was asked then there is no slowest query, and it is not 0', () => {
  const { call, queries, slowest, mostAtOnce } = shapeOf({ began: 0, ended: 5 }, []);
  expect({ call, queries, slowest, mostAtOnce }).toEqual({ call: 5, queries: 0, slowest: Number.NaN, mostAtOnce: 0 });
});

test('when the stub is asked then it has the charts of the bodies, and remembers each query once', async () => {
  const [questionnaire] = questionnaires;
  if (!questionnaire) throw new Error('there is no questionnaire');
  const bodies = requestBodies(questionnaire, 2, new Date('2026-11-25T10:00:00Z'));
  const stub = await startFhirStub(bodies, 1);
  try {
    const ask = async (query: string) => (await fetch(`${stub.base}/${query}`)).json() as Promise<unknown>;
    const { prefetch } = JSON.parse(String(bodies[1]));
    expect(await ask('Patient/bench-1')).toEqual(prefetch.patient);
    expect(await ask('Observation?patient=bench-1&code=1,2&_count=500')).toEqual(prefetch.observations);
    expect(await ask('List?patient=bench-1')).toMatchObject({ type: 'searchset', total: 0 });
    const queries = stub.taken();
    expect(queries.filter(({ began, ended }) => ended > began)).toHaveLength(3);
    expect(stub.taken()).toEqual([]);
  } finally {
    await stub.close();
  }
});
