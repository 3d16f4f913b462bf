/** Bands of gestation: unknown is worst case (spec F.1-3), 2,000 random intervals. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { evaluationOf, gateNames } from '../../src/decision/bindings.ts';
import type { Gestation } from '../../src/pregnancy/gestation.ts';
import { topics } from '../harness/requests.ts';

const SEED = 20261125;

const RUNS = { numRuns: 2_000, seed: SEED };

const days = (min: number, max: number) => fc.integer({ min, max });

const gestation = days(0, 308);

const [topic] = topics;

if (!topic) throw new Error('no topic');

const bands = topic.variables.filter(({ name }) => /^(may|sure)\d|^(may|sure)Under/.test(name));

/** The bands at a gestation, in gate PREG. */
function bandsAt(interval: Gestation): Map<string, unknown> {
  const evaluation = evaluationOf(topic as NonNullable<typeof topic>, new Map(), {});
  evaluation.bind('gate', gateNames({ gates: new Set(['PREG']), discord: false, gestation: interval }));
  return new Map(bands.map((variable) => [variable.name, evaluation.truthOf({ kind: 'named', variable })]));
}

test('unknown gestation is worst case, and a wider interval is never better: at the level of bands', () => {
  expect(bands.length).toBeGreaterThanOrEqual(18);
  const unknown = bandsAt({ min: 0, max: 308, known: false });
  const anyPair = fc.tuple(gestation, gestation, gestation, gestation).map((list) => {
    const [a = 0, b = 0, c = 0, d = 0] = list.sort((x, y) => x - y);
    return { inner: { min: b, max: c, known: true }, outer: { min: a, max: d, known: true } };
  });
  fc.assert(
    fc.property(anyPair, ({ inner, outer }) => {
      const [narrow, wide] = [bandsAt(inner), bandsAt(outer)];
      for (const [name, truth] of narrow) {
        const isMay = name.startsWith('may');
        if (isMay && truth) expect([name, wide.get(name), unknown.get(name)]).toEqual([name, true, true]);
        if (!isMay && !truth) expect([name, wide.get(name)]).toEqual([name, false]);
        if (!isMay) expect(unknown.get(name)).toBe(false);
      }
    }),
    RUNS,
  );
});

test('no band is always true or always false', () => {
  for (const { name } of bands) {
    const truths = new Set(
      Array.from({ length: 309 }, (_, at) => bandsAt({ min: at, max: at, known: true }).get(name)),
    );
    expect([name, truths.size]).toEqual([name, 2]);
  }
});
