/** Lines of an NDJSON file, as the bytes that they are; memory is that of one piece of the file and of one line. */
import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import type { InputFile } from './input-files.ts';

const PIECE_BYTES = 1 << 18;
/** No resource is as large; a file without line ends must not fill the memory. */
const MOST_LINE_BYTES = 64 << 20;

/** The first line is 1. `bytes` are gone when the next lines are asked for; absent where the line is too long. */
export type InputLine = { number: number; bytes: Buffer | undefined };

const [LINE_FEED, CARRIAGE_RETURN] = [10, 13];

/**
 * Lines that hold something, some at a time.
 * @param onRead is told how many bytes of the file were read so far, as they lie on the disk
 */
export async function* linesOf(
  file: InputFile,
  onRead: (bytes: number) => void = () => {},
  most = MOST_LINE_BYTES,
): AsyncGenerator<InputLine[]> {
  let number = 1;
  let begun: Buffer[] = [];
  let length = 0;
  const keep = (piece: Buffer) => {
    length += piece.length;
    if (length > most) begun = [];
    else if (piece.length > 0) begun.push(piece);
  };
  const ended = (): InputLine => {
    const bytes = length > most ? undefined : withoutReturn(begun.length === 1 ? begun[0] : Buffer.concat(begun));
    begun = [];
    length = 0;
    number += 1;
    return { number: number - 1, bytes };
  };
  const { pieces, bytesRead } = piecesOf(file);
  for await (const piece of pieces) {
    onRead(bytesRead());
    const lines: InputLine[] = [];
    let from = 0;
    for (let to = piece.indexOf(LINE_FEED); to !== -1; to = piece.indexOf(LINE_FEED, from)) {
      keep(piece.subarray(from, to));
      lines.push(ended());
      from = to + 1;
    }
    yield lines.filter(holdsSomething);
    // The stream may use its memory again.
    keep(Buffer.from(piece.subarray(from)));
  }
  if (length > 0) yield [ended()].filter(holdsSomething);
}

function piecesOf({ path }: InputFile): { pieces: AsyncIterable<Buffer>; bytesRead: () => number } {
  const file = createReadStream(path, { highWaterMark: PIECE_BYTES });
  const bytesRead = () => file.bytesRead;
  if (!path.endsWith('.gz')) return { pieces: file, bytesRead };
  const plain = createGunzip({ chunkSize: PIECE_BYTES });
  // A pipe does not hand errors on.
  file.on('error', (error) => plain.destroy(error));
  return { pieces: file.pipe(plain), bytesRead };
}

const withoutReturn = (bytes: Buffer = Buffer.alloc(0)): Buffer =>
  bytes.at(-1) === CARRIAGE_RETURN ? bytes.subarray(0, bytes.length - 1) : bytes;

/** Spaces, tabs and returns alone are nothing. */
const holdsSomething = ({ bytes }: InputLine) => bytes === undefined || bytes.some((byte) => byte > 32);
