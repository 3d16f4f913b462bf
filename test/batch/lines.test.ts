/** Reading lines: as they are cut by files, by pieces of files, and by whoever wrote them. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from '@jest/globals';
import { linesOf } from '../../batch/input-lines.ts';

const folder = mkdtempSync(join(tmpdir(), 'batch-lines-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function read(text: string | Buffer, { name = 'x.ndjson', most = 1000 } = {}) {
  const path = join(folder, name);
  const bytes = Buffer.from(text as string);
  writeFileSync(path, name.endsWith('.gz') ? gzipSync(bytes) : bytes);
  const found: [number, string | undefined][] = [];
  let told = 0;
  const onRead = (now: number) => {
    told = now;
  };
  for await (const lines of linesOf({ path, bytes: bytes.length, changed: 0 }, onRead, most)) {
    for (const { number, bytes: line } of lines) found.push([number, line?.toString()]);
  }
  return { found, told };
}

test.each([
  [
    'ends with a line end',
    'a\nb\n',
    [
      [1, 'a'],
      [2, 'b'],
    ],
  ],
  [
    'ends without',
    'a\nb',
    [
      [1, 'a'],
      [2, 'b'],
    ],
  ],
  [
    'has returns',
    'a\r\nb\r\n',
    [
      [1, 'a'],
      [2, 'b'],
    ],
  ],
  [
    'has empty lines',
    '\na\n \t\r\n\nb',
    [
      [2, 'a'],
      [5, 'b'],
    ],
  ],
  ['is empty', '', []],
])('when a file %s then its lines are read with their numbers', async (_, text, wanted) => {
  expect((await read(text)).found).toEqual(wanted);
  expect((await read(text, { name: 'x.ndjson.gz' })).found).toEqual(wanted);
});

test('when lines are longer than the pieces of a file then they are whole, also letters of several bytes', async () => {
  const long = 'é🙂'.repeat(100_000);
  const { found, told } = await read(`a\n${long}\nb\n${long}`, { most: 10_000_000 });
  expect(found).toEqual([
    [1, 'a'],
    [2, long],
    [3, 'b'],
    [4, long],
  ]);
  expect(told).toBe(Buffer.byteLength(`a\n${long}\nb\n${long}`));
});

test.each([
  [1000, true],
  [1001, false],
])('when a line has %d bytes of 1000 then it is read: %p; the next one is', async (length, isRead) => {
  const { found } = await read(`${'x'.repeat(length)}\nb\n`);
  expect(found.map(([number, line]) => [number, line !== undefined])).toEqual([
    [1, isRead],
    [2, true],
  ]);
});
