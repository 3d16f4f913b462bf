/** The NDJSON files of a run. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ServiceError } from '../src/errors.ts';

const NDJSON = /\.ndjson(\.gz)?$/;

export type InputFile = { path: string; bytes: number; changed: number };

/** Files as they are named, and the NDJSON files of folders, in order. @throws ServiceError `bad-request` */
export function inputFiles(inputs: string[]): InputFile[] {
  const paths = inputs.flatMap((input) => {
    const found = statSync(input, { throwIfNoEntry: false });
    if (!found) throw new ServiceError('bad-request', 'An input is not there', [input]);
    if (!found.isDirectory()) return [input];
    const names = readdirSync(input, { recursive: true, encoding: 'utf8' }).filter((name) => NDJSON.test(name));
    return names.sort().map((name) => join(input, name));
  });
  if (paths.length === 0) throw new ServiceError('bad-request', 'There is no .ndjson file', inputs);
  // Named twice is there once.
  return [...new Set(paths)].map((path) => {
    const { size, mtimeMs } = statSync(path);
    return { path, bytes: size, changed: mtimeMs };
  });
}
