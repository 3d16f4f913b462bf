/** Text from FHIR data is text: no Markdown, no HTML, no links, no invisible characters (security/bar I1). */

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed here
const INVISIBLE = /[\u0000-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]+/g;
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Plain text of one line, for summaries and labels. */
export function plain(text: string): string {
  return text.replace(INVISIBLE, ' ').replace(LONE_SURROGATE, '\ufffd').replace(/\s+/g, ' ').trim();
}

/** Text that GitHub Markdown and HTML show as it is written. */
export function escaped(text: string): string {
  return plain(text)
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/[\\`*_{}[\]()#!|~@]/g, '\\$&')
    .replace(/:\/\//g, '&#58;//')
    .replace(/www\./gi, (www) => `${www.slice(0, 3)}&#46;`)
    .replace(/^([-+]|\d+\.)(?=\s)/, '\\$1');
}

/** At most `limit` code points, cut at a word where possible. */
export function truncated(text: string, limit: number): string {
  const points = [...text];
  if (points.length <= limit) return text;
  const cut = points.slice(0, limit - 1).join('');
  const word = cut.lastIndexOf(' ');
  return `${word > limit / 2 ? cut.slice(0, word) : cut}…`;
}
