/** The guard of `npm run bench -- --check`: what is more than a fifth worse (memory: a half) is found, on both sides of the limit. */
import { expect, test } from '@jest/globals';
import { accepted, fallenBehind, merged, RATIOS, type Ratios } from '../../bench/accepted.ts';

const before: Ratios = {
  requestsPerSecond: 0.25,
  cpu: 4,
  coldStart: 5,
  memory: 1.1,
  jwt: 0.15,
  audit: 0.25,
  fallback: 2,
  batchFlatness: 1,
  batchScaling: 2,
};

test('when every ratio is as it was, better, or at the limit then nothing is worse', () => {
  const better = { requestsPerSecond: 0.9, cpu: 1, coldStart: 1, memory: 0.5, jwt: 0.5, audit: 0.5 };
  const limit = { requestsPerSecond: 0.2, cpu: 4.8, coldStart: 6, memory: 1.65, jwt: 0.12, audit: 0.2 };
  expect(fallenBehind(before, before)).toEqual([]);
  expect(fallenBehind({ ...better, fallback: 1.1, batchFlatness: 0.9, batchScaling: 2.1 }, before)).toEqual([]);
  expect(fallenBehind({ ...limit, fallback: 2.4, batchFlatness: 1.2, batchScaling: 1.6 }, before)).toEqual([]);
});

test.each([
  ['requestsPerSecond', 0.199],
  ['cpu', 4.81],
  ['coldStart', 6.01],
  ['memory', 1.66],
  ['jwt', 0.119],
  ['audit', 0.199],
  ['fallback', 2.41],
  ['batchFlatness', 1.21],
  ['batchScaling', 1.59],
  ['cpu', Number.NaN],
  ['batchScaling', Number.NaN],
] as const)('when %s is %d then it is named, with the limit', (name, value) => {
  expect(fallenBehind({ ...before, [name]: value }, before)).toEqual([expect.stringMatching(`^${name}: .* limit is `)]);
});

test('when a part was left out, or has never been accepted, then it is not compared', () => {
  const { jwt: _, ...others } = before;
  expect(fallenBehind(others, before)).toEqual([]);
  expect(fallenBehind({ ...before, jwt: 0.001 }, others)).toEqual([]);
});

test('when some parts are accepted then the others stay, and what could not be measured is refused', () => {
  expect(merged(before, { cpu: 3 })).toEqual({ ...before, cpu: 3 });
  expect(() => merged(before, { cpu: 3, jwt: Number.NaN })).toThrow('jwt');
});

test('what was accepted is there for every ratio, and every ratio is a number', () => {
  expect(Object.keys(accepted())).toEqual([...RATIOS]);
  expect(Object.values(accepted()).filter((value) => !(value > 0))).toEqual([]);
});
