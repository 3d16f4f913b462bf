/** A good request, changed as a tree, as bytes, or in its headers. */
import { mutateTree } from './mutate-tree.ts';
import type { Random } from './random.ts';

export type Mutant = { body: Buffer; headers: Record<string, string> };

const HEADERS: Record<string, string>[] = [
  { 'content-type': 'text/plain' },
  { 'content-type': 'application/json; charset=utf-16' },
  { 'content-type': 'application/json; charset=UTF-8; x=y' },
  { 'content-encoding': 'gzip' },
  { 'content-encoding': 'br' },
  { authorization: 'Bearer a.b.c' },
  { origin: 'null' },
];

/** @param good the JSON of a good request */
export function mutateRequest(good: string, random: Random): Mutant {
  const { whole, pick } = random;
  const headers = { 'content-type': 'application/json', ...(whole(20) === 0 && pick(HEADERS)) };
  let text = good;
  // Read anew before each change: what was repeated by one must not be shared by the next.
  for (let changes = 1 + whole(4); changes > 0; changes -= 1) {
    const tree = JSON.parse(text) as Record<string, unknown>;
    mutateTree(tree, random);
    text = JSON.stringify(tree);
  }
  const bytes = Buffer.from(text);
  return { body: whole(6) === 0 ? mutateBytes(bytes, random) : bytes, headers };
}

function mutateBytes(bytes: Buffer, { whole, pick }: Random): Buffer {
  const at = whole(bytes.length);
  const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)];
  switch (whole(6)) {
    case 0:
      return before;
    case 1:
      return Buffer.concat([before, Buffer.from([whole(256)]), after.subarray(1)]);
    case 2:
      return Buffer.concat([before, after.subarray(0, whole(200)), after]);
    case 3:
      return Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes]);
    case 4:
      return Buffer.concat([
        before,
        Buffer.from(pick(['{', '}', '[', ']', '"', ',', '\\', 'NaN', '\0', '[['.repeat(200)])),
        after,
      ]);
    default:
      return Buffer.concat([bytes, bytes.subarray(0, whole(50))]);
  }
}
