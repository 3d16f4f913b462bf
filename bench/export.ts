/** A Bulk Data export on disk: NDJSON by type, written as it is made. */
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Line } from './population.ts';

const BUFFER_CHARACTERS = 1 << 20;

/** Writes the lines of so many patients into files of `folder`. @returns bytes */
export function writeExport(folder: string, patients: number, linesOf: (number: number) => Line[]): number {
  mkdirSync(folder, { recursive: true });
  const files = new Map<string, ReturnType<typeof ndjson>>();
  for (let number = 0; number < patients; number += 1) {
    for (const { type, text } of linesOf(number)) {
      const file = files.get(type) ?? ndjson(join(folder, `${type}.ndjson`));
      files.set(type, file);
      file.add(text);
    }
  }
  return [...files.values()].reduce((bytes, file) => bytes + file.close(), 0);
}

function ndjson(path: string) {
  const file = openSync(path, 'w');
  let waiting = '';
  let bytes = 0;
  const flush = () => {
    const buffer = Buffer.from(waiting);
    for (let at = 0; at < buffer.length; ) at += writeSync(file, buffer, at);
    bytes += buffer.length;
    waiting = '';
  };
  return {
    add: (text: string) => {
      waiting += `${text}\n`;
      if (waiting.length >= BUFFER_CHARACTERS) flush();
    },
    close: () => {
      flush();
      closeSync(file);
      return bytes;
    },
  };
}
