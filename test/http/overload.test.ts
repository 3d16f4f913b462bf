/** The guards against overload, by themselves. */
import { expect, test } from '@jest/globals';
import type { NextFunction, Request, Response } from 'express';
import { limitRate } from '../../src/http/authenticate.ts';
import { overload } from '../../src/http/overload.ts';

const admitted = (refuse: ReturnType<typeof overload>['refuse']): boolean => {
  let refused: unknown;
  refuse(
    {} as Request,
    {} as Response,
    ((error: unknown) => {
      refused = error;
    }) as NextFunction,
  );
  return refused === undefined;
};

test('when a turn of the event loop takes as long as it may then requests pass, later in it they do not', async () => {
  let now = 0;
  const { refuse } = overload({ mostCalls: 1, mostLagMs: 500 }, () => now);
  now = 525;
  expect(admitted(refuse)).toBe(true);
  now = 526;
  expect(admitted(refuse)).toBe(false);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(admitted(refuse)).toBe(true);
});

test('when a client has used what it may at once then it gets as much as the rate brings back', () => {
  let now = 0;
  const limit = limitRate(10, () => now);
  const response = { locals: { client: { name: 'c' } } } as unknown as Response;
  const passes = (number: number) =>
    Array.from({ length: number }).filter(() => {
      try {
        limit({} as Request, response, () => undefined);
        return true;
      } catch {
        return false;
      }
    }).length;
  expect(passes(30)).toBe(20);
  now = 99;
  expect(passes(5)).toBe(0);
  now = 1_100;
  expect(passes(30)).toBe(11);
  now = 60_000;
  expect(passes(30)).toBe(20);
});
