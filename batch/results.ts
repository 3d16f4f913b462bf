/** What a partition gave: one file, whole or not there. A torn one, after a crash of the machine, is found and made again. */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import type { Counts } from './summary.ts';

type Header = { counts: Counts; bytes: number; crc: number };
export type Result = { counts: Counts; lines: Buffer };

const LINE_FEED = 10;
const resultFile = (folder: string, partition: number) => join(folder, `${partition}.done`);

export function writeResult(folder: string, partition: number, counts: Counts, lines: Buffer): void {
  const header: Header = { counts, bytes: lines.length, crc: crc32(lines) };
  const path = resultFile(folder, partition);
  // Not forced to the disk, which would take as long as the assessing itself.
  writeFileSync(`${path}.draft`, Buffer.concat([Buffer.from(`${JSON.stringify(header)}\n`), lines]));
  renameSync(`${path}.draft`, path);
}

/** @returns undefined when it has to be made */
export function readResult(folder: string, partition: number): Result | undefined {
  const path = resultFile(folder, partition);
  if (!existsSync(path)) return undefined;
  const all = readFileSync(path);
  const end = all.indexOf(LINE_FEED);
  const lines = all.subarray(end + 1);
  try {
    const { counts, bytes, crc } = JSON.parse(all.toString('utf8', 0, end)) as Header;
    return bytes === lines.length && crc === crc32(lines) ? { counts, lines } : undefined;
  } catch {
    return undefined;
  }
}
