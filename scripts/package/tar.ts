/** Files -> a .tgz (POSIX ustar). Without times and owners: the same knowledge is the same archive, byte by byte. */
import { gzipSync } from 'node:zlib';

const BLOCK = 512;

/** @param files names of at most 100 bytes, below the folder */
export function tgz(folder: string, files: readonly { name: string; text: string }[]): Buffer {
  const blocks = files.flatMap(({ name, text }) => entry(`${folder}/${name}`, Buffer.from(text)));
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(2 * BLOCK)]), { level: 9 });
}

function entry(path: string, content: Buffer): Buffer[] {
  if (Buffer.byteLength(path) > 100) throw new Error(`${path} is too long a name`);
  const header = Buffer.alloc(BLOCK);
  const octal = (value: number, length: number) => `${value.toString(8).padStart(length - 1, '0')}\0`;
  const fields: [at: number, text: string][] = [
    [0, path],
    [100, octal(0o644, 8)],
    [108, octal(0, 8)],
    [116, octal(0, 8)],
    [124, octal(content.length, 12)],
    [136, octal(0, 12)],
    [148, ' '.repeat(8)],
    [156, '0'],
    [257, 'ustar\u000000'],
  ];
  for (const [at, text] of fields) header.write(text, at, 'latin1');
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return [header, content, Buffer.alloc((BLOCK - (content.length % BLOCK)) % BLOCK)];
}
