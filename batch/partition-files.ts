/** Files of whole patients on disk: lines with whose they are, in buffers of one size whatever the input. */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const BUFFERS_BYTES = 32 << 20;
const LEAST_BUFFER_BYTES = 4096;
const [TAB, LINE_FEED] = [9, 10];

const partitionFile = (folder: string, partition: number) => join(folder, `${partition}.in`);

export type PartitionWriter = {
  /** @param key whose the line is: what `readPartition` groups by */
  add: (partition: number, key: string, line: Buffer) => void;
  flush: () => void;
};

/** Files are opened for each write: there may be more of them than a process may hold open. */
export function partitionWriter(folder: string, partitions: number, memory = BUFFERS_BYTES): PartitionWriter {
  const size = Math.max(LEAST_BUFFER_BYTES, Math.floor(memory / partitions));
  const buffers = Array.from({ length: partitions }, () => ({ bytes: Buffer.allocUnsafeSlow(size), used: 0 }));
  const empty = (at: number) => {
    const buffer = buffers[at];
    if (!buffer || buffer.used === 0) return;
    appendFileSync(partitionFile(folder, at), buffer.bytes.subarray(0, buffer.used));
    buffer.used = 0;
  };
  return {
    add: (at, key, line) => {
      const buffer = buffers[at];
      if (!buffer) throw new RangeError(`there is no partition ${at}`);
      // JSON holds no tab and no line end that is not written as an escape.
      const whose = Buffer.from(`${JSON.stringify(key)}\t`);
      const length = whose.length + line.length + 1;
      if (buffer.used + length > size) empty(at);
      if (length > size) return appendFileSync(partitionFile(folder, at), Buffer.concat([whose, line, END]));
      buffer.used += whose.copy(buffer.bytes, buffer.used);
      buffer.used += line.copy(buffer.bytes, buffer.used);
      buffer.used += END.copy(buffer.bytes, buffer.used);
    },
    flush: () => {
      for (const at of buffers.keys()) empty(at);
    },
  };
}

const END = Buffer.from([LINE_FEED]);

/** Lines by key, ordered by it: what is made of them does not depend on the order of the input. */
export function readPartition(folder: string, partition: number): [key: string, lines: Buffer[]][] {
  const path = partitionFile(folder, partition);
  const bytes = existsSync(path) ? readFileSync(path) : Buffer.alloc(0);
  const patients = new Map<string, Buffer[]>();
  let from = 0;
  for (let to = bytes.indexOf(LINE_FEED); to !== -1; to = bytes.indexOf(LINE_FEED, from)) {
    const tab = bytes.indexOf(TAB, from);
    const whose = bytes.toString('utf8', from, tab);
    const line = bytes.subarray(tab + 1, to);
    const lines = patients.get(whose);
    if (lines) lines.push(line);
    else patients.set(whose, [line]);
    from = to + 1;
  }
  return [...patients]
    .map(([whose, lines]): [string, Buffer[]] => [JSON.parse(whose) as string, lines])
    .sort(([a], [b]) => (a < b ? -1 : 1));
}
