/** The guard of `npm run bench -- --check`: what is more than a fifth worse (memory: a half) is found, on both sides of the limit. */
import { expect, test } from '@jest/globals';
import { accepted, fallenBehind, type Ratios } from '../../bench/accepted.ts';

const before: Ratios = { requestsPerSecond: 0.25, cpu: 4, coldStart: 5, memory: 1.1 };

test('when every ratio is as it was, better, or at the limit then nothing is worse', () => {
  expect(fallenBehind(before, before)).toEqual([]);
  expect(fallenBehind({ requestsPerSecond: 0.9, cpu: 1, coldStart: 1, memory: 0.5 }, before)).toEqual([]);
  expect(fallenBehind({ requestsPerSecond: 0.2, cpu: 4.8, coldStart: 6, memory: 1.65 }, before)).toEqual([]);
});

test.each([
  ['requestsPerSecond', 0.199],
  ['cpu', 4.81],
  ['coldStart', 6.01],
  ['memory', 1.66],
  ['cpu', Number.NaN],
] as const)('when %s is %d then it is named', (name, value) => {
  expect(fallenBehind({ ...before, [name]: value }, before)).toEqual([expect.stringMatching(`^${name}: `)]);
});

test('what was accepted is there, and every ratio is a number', () => {
  const values = Object.values(accepted());
  expect(Object.keys(accepted()).sort()).toEqual(Object.keys(before).sort());
  expect(values.filter((value) => !(value > 0))).toEqual([]);
});
