/** A short `npm run fuzz`: mutations of good requests at every hook; nothing is a failure of ours, nothing is changed by it. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { faultOfAnswer } from '../scripts/fuzz/fault-of-answer.ts';
import { memoryFaults } from '../scripts/fuzz/memory-faults.ts';
import { mutateRequest } from '../scripts/fuzz/mutate-request.ts';
import { random } from '../scripts/fuzz/random.ts';
import { hooks, requestsFor } from './conformance/hooks.ts';
import { sendRaw } from './harness/raw-http.ts';
import { SERVICE, topics, withoutUuids } from './harness/requests.ts';
import { type RunningService, startService } from './harness/service.ts';

const MUTANTS = 300;
let service: RunningService;
beforeAll(async () => {
  service = await startService({ topics });
});
afterAll(() => service.close());

test('when good requests are changed at random then each is answered or refused, and good ones as before', async () => {
  const good = hooks.flatMap(requestsFor).map((request) => JSON.stringify(request));
  const advice = async () => withoutUuids(await Promise.all(good.map((text) => service.call(JSON.parse(text)))));
  const before = await advice();
  const faults: string[] = [];
  const statuses = new Set<number>();
  for (let seed = 1; seed <= MUTANTS; seed += 1) {
    const { body, headers } = mutateRequest(good[seed % good.length] ?? '{}', random(seed));
    const { status, text } = await sendRaw(service.base, { method: 'POST', path: SERVICE, headers, body });
    statuses.add(status);
    const fault = faultOfAnswer(status, text);
    if (fault !== undefined) faults.push(`seed ${seed}: ${fault}`);
  }
  expect(faults).toEqual([]);
  expect([...statuses]).toEqual(expect.arrayContaining([200, 400]));
  expect(await advice()).toEqual(before);
}, 120_000);

test('when an answer is a failure of ours then it is found', () => {
  const outcome = '{"resourceType":"OperationOutcome"}';
  expect(faultOfAnswer(500, outcome)).toMatch(/500/);
  expect(faultOfAnswer(200, '{}')).toMatch(/without cards/);
  expect(faultOfAnswer(400, '{}')).toMatch(/without an OperationOutcome/);
  expect(faultOfAnswer(400, 'Bad')).toMatch(/no JSON/);
  expect(faultOfAnswer(400, `{"x":"at call (/srv/app.js:1:2)"}`)).toMatch(/inside/);
  expect([faultOfAnswer(503, outcome), faultOfAnswer(400, outcome), faultOfAnswer(200, '{"cards":[]}')]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

test('when a seed is used again then it makes the same mutant, and another seed another', () => {
  const [request] = requestsFor('patient-view');
  const mutant = (seed: number) => mutateRequest(JSON.stringify(request), random(seed)).body.toString();
  expect(mutant(7)).toBe(mutant(7));
  expect(new Set([1, 2, 3, 4, 5].map(mutant)).size).toBe(5);
});

test('when memory is a tenth larger at the end than when the process was warm then it is said, and a lower round between hides nothing', () => {
  const warm = { held: 50, resident: 150 };
  expect(memoryFaults(warm, [{ held: 55, resident: 165 }])).toEqual([]);
  expect(memoryFaults(warm, [warm, { held: 40, resident: 140 }, { held: 55.1, resident: 150 }])).toEqual([
    'memory held: 50.0 MiB when warm, 55.1 MiB at the end',
  ]);
  expect(memoryFaults(warm, [{ held: 50, resident: 166 }])[0]).toMatch(/^memory resident/);
});
