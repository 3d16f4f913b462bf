/** Text from FHIR data is text: no Markdown, no HTML, no links, no invisible characters (security/bar I1). */

const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]+/gu;
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
/** No single text fills a card. */
const TEXT_LIMIT = 1_000;
/** Whatever below would change; most texts hold none of it, and are spared nine passes. */
const NEEDS_CARE =
  /[^\x20-\x7e]|[\\`*_{}[\]()#!|~@<>&]| {2}|\/\/|[wW]{3}\.|[A-Za-z0-9-]\.[A-Za-z]|^[ +-]|^\d+\.(?: |$)| $/;

/** Words and numbers with single separators: what most texts are, and a test that is quick. */
const HARMLESS = /^[A-Za-z0-9]+(?:(?:, |: |[ /:'-])[A-Za-z0-9]+)*$/;

/** Visible ASCII with single spaces between: nothing of it would be changed. */
const PLAIN = /^[\x21-\x7e]+(?: [\x21-\x7e]+)*$/;

/** Plain text of one line, for summaries and labels. */
export function plain(text: string): string {
  if (PLAIN.test(text)) return text;
  return text.replace(INVISIBLE, ' ').replace(LONE_SURROGATE, '\ufffd').replace(/\s+/g, ' ').trim();
}

/**
 * Text that GitHub Markdown and HTML show as it is written. Some renderers look for addresses after they have undone
 * the escapes, so a space keeps an address from becoming a link; others take `name.com` for one unless its dot is escaped.
 */
export function escaped(text: string): string {
  if (text.length < TEXT_LIMIT && (HARMLESS.test(text) || !NEEDS_CARE.test(text))) return text;
  return truncated(plain(text), TEXT_LIMIT)
    .replace(/\/(?=\/)/g, '/ ')
    .replace(/www(?=\.)/gi, '$& ')
    .replace(/(?<=\S)@/g, ' @')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/[\\`*_{}[\]()#!|~@]/g, '\\$&')
    .replace(/^([-+]|\d+\.)(?=\s)/, '\\$1')
    .replace(/(?<=[\p{L}\p{N}-])\.(?=[\p{L}])/gu, '\\.');
}

/**
 * A function of words of the knowledge, worked out once for each. Not for what patients or charts say: it would stay in
 * memory.
 */
function ofWords(change: (text: string) => string): (text: string) => string {
  const known = new Map<string, string>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    // More than any knowledge holds: it was loaded anew many times.
    if (known.size >= MOST_WORDS) known.clear();
    const changed = change(text);
    known.set(text, changed);
    return changed;
  };
}

const MOST_WORDS = 20_000;

/** {@link escaped} of words of the knowledge. */
export const escapedWords = ofWords(escaped);

/** {@link plain} of words of the knowledge. */
export const plainWords = ofWords(plain);

/** At most `limit` code points, cut at a word where possible. */
export function truncated(text: string, limit: number): string {
  // There are never more code points than characters.
  if (text.length <= limit) return text;
  const points = [...text.slice(0, 2 * limit + 2)];
  if (points.length <= limit) return text;
  const cut = points.slice(0, limit - 1).join('');
  const word = cut.lastIndexOf(' ');
  return `${word > limit / 2 ? cut.slice(0, word) : cut}…`;
}
