/** What the parts of the report say of made-up measurements: ratios, aims on both sides, and what could not be measured. */
import { expect, test } from '@jest/globals';
import type { BatchStatistics } from '../../bench/batch-run.ts';
import type { Throughput } from '../../bench/measure.ts';
import { basePart } from '../../bench/parts/base.ts';
import { batchPart } from '../../bench/parts/batch.ts';
import { fallbackPart } from '../../bench/parts/fallback.ts';
import { guardsPart } from '../../bench/parts/guards.ts';
import { workersPart } from '../../bench/parts/workers.ts';

const throughput = (requestsPerSecond: number, cpu: number | undefined): Throughput => {
  return { requestsPerSecond, cpu, p50: 1, p99: 2, loadCpu: 200 };
};
const run = (patients: number, workers: number, assessingMs: number, maxRssMiB: number): BatchStatistics => {
  return { patients, workers, assessingMs, maxRssMiB, partitioningMs: 1_000 };
};

test('when the service is half as fast as the bare server then the aim is reached, and the last number of connections counts', () => {
  const first = { connections: 1, throughputs: [throughput(1, 9), throughput(100, 1)] };
  const last = { connections: 16, throughputs: [throughput(500, 601), throughput(1_000, 300)] };
  const part = basePart({ throughput: [first, last], coldStart: [500, 100], memory: [120, 100], core: 149 });
  expect(part.ratios).toEqual({ requestsPerSecond: 0.5, cpu: 601 / 300, coldStart: 5, memory: 1.2 });
  expect(part.aims.map((text) => text.replace(/^.*: /, ''))).toEqual([
    'yes (0.50)',
    'no (2.00)',
    'yes (149)',
    'yes (500)',
    'yes (120)',
  ]);
});

test('when the kernel says nothing of processes then it is n/a and no number', () => {
  const last = { connections: 16, throughputs: [throughput(500, undefined), throughput(1_000, undefined)] };
  const part = basePart({ throughput: [last], coldStart: [500, 100], memory: [undefined, undefined], core: undefined });
  expect(part.ratios).toMatchObject({ cpu: Number.NaN, memory: Number.NaN });
  expect(part.table.join('\n')).toContain('| CPU µs per request, 16 connections | n/a | n/a | n/a |');
  expect(part.aims.filter((text) => text.endsWith(': n/a'))).toHaveLength(3);
});

test('when guards are measured then each is compared with the bare server, the open service is not', () => {
  const server = { port: 0, pid: 0, coldStartMs: 0, stop: async () => {} };
  const guarded = [
    { name: 'with audit', ratio: 'audit' as const, server },
    { name: 'with jwt', ratio: 'jwt' as const, server },
  ];
  const throughputs = [500, 1_000, 400, 300].map((perSecond) => throughput(perSecond, 1_000));
  const { table, ratios } = guardsPart(guarded, { connections: 16, throughputs });
  expect(ratios).toEqual({ audit: 0.4, jwt: 0.3 });
  expect(table.slice(2).map((line) => line.split(' | ').slice(0, 3).join(' '))).toEqual([
    '| bare express 1000 1.00',
    '| open 500 0.50',
    '| with audit 400 0.40',
    '| with jwt 300 0.30',
  ]);
});

test.each([
  [22, 'yes (1.10)'],
  [22.4, 'no (1.12)'],
])('when a call takes %d ms and its slowest query 20 then the aim is: %s', (call, said) => {
  const one = { call, slowest: 20, queries: 2, mostAtOnce: 2, before: 1, asking: 0, after: 1 };
  const { ratios, aims } = fallbackPart([one, one, one]);
  expect(ratios.fallback).toBeCloseTo(call / 20);
  expect(aims).toEqual([expect.stringContaining(said)]);
});

test('when the load needs a core of the workers, or one process was started, then it is said', () => {
  const measured = { connections: 16, throughputs: [throughput(500, 1_000), throughput(600, 1_200)] };
  const memory = [[100], [90, 100, 110]];
  expect(workersPart({ measured, memory }, 2).table.join('\n')).toContain('The load took a part');
  expect(workersPart({ measured, memory }, 8).table.join('\n')).not.toContain('The load took a part');
  expect(workersPart({ measured, memory }, 8).table.at(-1)).toBe(
    '| WORKERS=2 | 600 | 1.20 | 1200 | 0.72 | 0.12 | 90 + 100 + 110 |',
  );
  expect(workersPart(undefined).table).toEqual(['WORKERS=2 started one process: nothing to compare.']);
});

test('when a batch has two sizes then memory is compared by size and speed by workers', () => {
  const runs = [run(10, 1, 10, 300), run(90, 1, 45, 360), run(90, 2, 25, 500)];
  const { ratios, aims, table } = batchPart({ runs, twoCores: [1.9, 1.95] });
  expect(table.at(-1)).toContain('gives 1.90 and 1.95 to two');
  expect(ratios).toEqual({ batchFlatness: 1.2, batchScaling: 1.8 });
  expect(aims.map((text) => text.replace(/^.*: /, ''))).toEqual(['yes (2000)', 'yes (1.20)', 'yes (1.80)']);
  expect(table).toContain('| 90 patients | 2 | 1.0 | 0.0 | 1800 | 500 |');
  const worse = [run(10, 1, 10, 300), run(90, 1, 45.1, 370), run(90, 2, 25.6, 500)];
  const behind = batchPart({ runs: worse, twoCores: [] });
  expect(behind.aims.map((text) => text.replace(/^.*: /, ''))).toEqual(['no (1996)', 'no (1.23)', 'no (1.76)']);
});

test('when a batch has one size then its memory is compared with nothing', () => {
  const { ratios, aims } = batchPart({ runs: [run(10, 1, 10_000, 300), run(10, 2, 5_000, 400)], twoCores: [] });
  expect(ratios).toEqual({ batchScaling: 2 });
  expect(aims.filter((text) => text.endsWith(': n/a'))).toHaveLength(1);
});
