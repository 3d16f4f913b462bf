/**
 * One pass over the bytes of a JSON text before it is parsed: how deep, how many, and whether the members that say whom
 * and what a request speaks of are said twice. Everything else about its form is left to the parser.
 */

export type JsonFault = 'too-deep' | 'too-many' | 'said-twice';

/** FHIR nests some twenty deep; parsers and walkers survive this much anywhere. */
const MOST_DEPTH = 64;
/** Objects and lists: an Observation has about ten. */
const MOST_CONTAINERS = 400_000;
/** The root, and the objects right under it (`context`, `prefetch`): two readers must not see two patients. */
const UNIQUE_TO_DEPTH = 2;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
/** `[` and `{` differ in one bit, as do `]` and `}`. */
const OPENS = 0x5b;
const CLOSES = 0x5d;
const CASE_BIT = 0x20;

/** The first fault of a JSON text in UTF-8, or undefined. Bytes that are no JSON are not judged. */
export function faultOfJson(bytes: Uint8Array): JsonFault | undefined {
  const { length } = bytes;
  let depth = 0;
  let containers = 0;
  let nameStart = 0;
  let nameEnd = 0;
  /** Names seen so far in the object that is open at each depth up to UNIQUE_TO_DEPTH. */
  const seen: Set<string>[] = [];
  for (let at = 0; at < length; at += 1) {
    const byte = bytes[at] as number;
    // Most bytes stand inside strings, so these are passed over here and not in a function of their own.
    if (byte === QUOTE) {
      nameStart = at;
      at += 1;
      for (let inside = bytes[at] as number; inside !== QUOTE && at < length; inside = bytes[at] as number) {
        at += inside === BACKSLASH ? 2 : 1;
      }
      nameEnd = at;
    } else if (byte < COLON) {
      // Digits, blanks, commas, signs.
    } else if ((byte & ~CASE_BIT) === OPENS) {
      depth += 1;
      containers += 1;
      if (depth > MOST_DEPTH) return 'too-deep';
      if (containers > MOST_CONTAINERS) return 'too-many';
      if (depth <= UNIQUE_TO_DEPTH) seen[depth] = new Set();
    } else if ((byte & ~CASE_BIT) === CLOSES) {
      depth -= 1;
    } else if (byte === COLON && depth <= UNIQUE_TO_DEPTH) {
      const name = nameIn(bytes.subarray(nameStart, nameEnd + 1));
      const names = seen[depth];
      if (names?.has(name)) return 'said-twice';
      names?.add(name);
    }
  }
  return undefined;
}

const decoder = new TextDecoder();

/** A member's name as the parser would see it: `"\u0068ook"` is `hook`. */
function nameIn(quoted: Uint8Array): string {
  const text = decoder.decode(quoted);
  if (!text.includes('\\')) return text.slice(1, -1);
  try {
    return String(JSON.parse(text));
  } catch {
    return text;
  }
}
