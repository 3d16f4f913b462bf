/** Files that are whole under their name, also after a crash. */
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { readResult } from './results.ts';
import { type Counts, noCounts, sum } from './summary.ts';

/** The lines of all partitions, in their order. @returns what was counted */
export function joinResults(folder: string, partitions: number, output: string): Counts {
  const counts = noCounts();
  writing(output, (write) => {
    for (let index = 0; index < partitions; index += 1) {
      const result = readResult(folder, index);
      if (!result) throw new Error(`what was written of partition ${index} is not there`);
      sum(counts, result.counts);
      write(result.lines);
    }
  });
  return counts;
}

export const writeWhole = (path: string, text: string): void => writing(path, (write) => write(Buffer.from(text)));

function writing(path: string, work: (write: (bytes: Buffer) => void) => void): void {
  const draft = `${path}.draft`;
  rmSync(draft, { force: true });
  const file = openSync(draft, 'w');
  try {
    work((bytes) => {
      for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
    });
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(draft, path);
}
