/** Words of a text, so that names can be found in it whatever its case, accents and punctuation. */

const ACCENTS = /\p{M}+/gu;
const BETWEEN_WORDS = /[^\p{L}\p{N}%.]+/u;
/** No name of a drug or an examination is longer; more would only cost time. */
export const TEXT_LIMIT = 500;

/** Lower-case words without accents; a point stays inside numbers only. */
export function wordsOf(text: string): string[] {
  const folded = text.slice(0, TEXT_LIMIT).normalize('NFD').replace(ACCENTS, '').toLowerCase();
  return folded
    .split(BETWEEN_WORDS)
    .map((word) => word.replace(/^\.+|\.+$/g, ''))
    .filter((word) => word !== '');
}

/** Where a sequence of words stands in another one; -1 when nowhere. */
export function placeOf(words: readonly string[], sequence: readonly string[]): number {
  const last = words.length - sequence.length;
  for (let at = 0; at <= last; at += 1) {
    if (sequence.every((word, offset) => words[at + offset] === word)) return at;
  }
  return -1;
}
