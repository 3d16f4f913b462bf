/** What lies on the disk between reading and assessing. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { partitionWriter, readPartition } from '../../batch/partition-files.ts';
import { readResult, writeResult } from '../../batch/results.ts';
import { noCounts } from '../../batch/summary.ts';

const folder = mkdtempSync(join(tmpdir(), 'batch-files-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('lines of any length come back by whose they are, in the order of the ids', () => {
  const writer = partitionWriter(folder, 2, 8192);
  const lines: [id: string, line: string][] = [
    ['b', 'x'.repeat(3000)],
    ['a\t"1\n', 'first'],
    ['b', 'y'.repeat(20_000)],
    ['ä', 'z'.repeat(4070)],
    ['b', 'last'],
  ];
  for (const [id, line] of lines) writer.add(1, id, Buffer.from(line));
  writer.flush();
  const found = readPartition(folder, 1).map(([id, own]) => [id, own.map(String)]);
  expect(found).toEqual([
    ['a\t"1\n', ['first']],
    ['b', ['x'.repeat(3000), 'y'.repeat(20_000), 'last']],
    ['ä', ['z'.repeat(4070)]],
  ]);
  expect(readPartition(folder, 0)).toEqual([]);
  expect(() => writer.add(2, 'a', Buffer.from('x'))).toThrow(RangeError);
});

test.each<[string, (whole: Buffer) => Buffer]>([
  ['is empty', () => Buffer.alloc(0)],
  ['is cut in its first line', (whole) => whole.subarray(0, 10)],
  ['is cut in its last line', (whole) => whole.subarray(0, whole.length - 1)],
  [
    'has zeros in the place of what was not written',
    (whole) => Buffer.concat([whole.subarray(0, whole.length - 4), Buffer.alloc(4)]),
  ],
  ['has zeros all over', (whole) => Buffer.alloc(whole.length)],
])('when a result %s then it is made again', (_, damage) => {
  const counts = { ...noCounts(), patients: 2 };
  writeResult(folder, 7, counts, Buffer.from('{"a":1}\n{"a":2}\n'));
  expect(readResult(folder, 7)).toMatchObject({ counts, lines: Buffer.from('{"a":1}\n{"a":2}\n') });
  const path = join(folder, '7.done');
  writeFileSync(path, damage(readFileSync(path)));
  expect(readResult(folder, 7)).toBeUndefined();
  expect(readResult(folder, 8)).toBeUndefined();
});
