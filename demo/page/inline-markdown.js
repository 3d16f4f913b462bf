// The inline part of GitHub-flavoured Markdown that cards use. What is not recognised stays text.

/**
 * @typedef {{ kind: 'text' | 'code', text: string }
 *   | { kind: 'strong' | 'emphasis', children: Inline[] }
 *   | { kind: 'link', address: string, children: Inline[] }
 *   | { kind: 'break' }} Inline
 */

const ENTITIES = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['nbsp', '\u00a0'],
]);

/** Each form with what it becomes; the first that matches at a place wins. @type {[RegExp, (m: string[]) => Inline][]} */
const FORMS = [
  [/^\\([!-/:-@[-`{-~])/, ([, text = '']) => ({ kind: 'text', text })],
  [/^&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{2,6}));/i, readEntity],
  [/^`([^`]+)`/, ([, text = '']) => ({ kind: 'code', text })],
  [/^(?: {2,}|\\)\n/, () => ({ kind: 'break' })],
  [/^<br ?\/?>/i, () => ({ kind: 'break' })],
  [/^\*\*(?=\S)((?:\\.|[^\\])+?)\*\*/s, ([, inner = '']) => ({ kind: 'strong', children: parseInline(inner) })],
  [/^\*(?=[^\s*])((?:\\.|[^\\*])+)\*/s, ([, inner = '']) => ({ kind: 'emphasis', children: parseInline(inner) })],
  [/^_(?=[^\s_])((?:\\.|[^\\_])+)_(?!\w)/s, ([, inner = '']) => ({ kind: 'emphasis', children: parseInline(inner) })],
  [/^\[((?:\\.|[^\\\]])+)\]\(<?(https:\/\/[^\s<>)]+)>?\)/, ([, label = '', address = '']) => linkTo(address, label)],
  [/^<(https:\/\/[^\s<>]+)>/, ([, address = '']) => ({ kind: 'link', address, children: [plain(address)] })],
  [
    /^https:\/\/[^\s<>*)]*[^\s<>*).,;:!?'"]/,
    ([address = '']) => ({ kind: 'link', address, children: [plain(address)] }),
  ],
];

/**
 * @param {string} text
 * @returns {Inline[]}
 */
export function parseInline(text) {
  /** @type {Inline[]} */
  const found = [];
  for (let at = 0; at < text.length; ) {
    const { node, length } = readAt(text, at);
    at += length;
    const last = found.at(-1);
    if (node.kind === 'text' && last?.kind === 'text') last.text += node.text;
    else found.push(node);
  }
  return found;
}

/**
 * @param {string} text
 * @param {number} at
 * @returns {{ node: Inline, length: number }}
 */
function readAt(text, at) {
  const rest = text.slice(at);
  // An underscore inside a word is no emphasis.
  const inWord = rest.startsWith('_') && /\w$/.test(text.slice(0, at));
  for (const [form, read] of inWord ? [] : FORMS) {
    const match = form.exec(rest);
    if (match !== null) return { node: read(match), length: match[0].length };
  }
  return { node: plain(rest.startsWith('\n') ? ' ' : (rest[0] ?? '')), length: 1 };
}

/**
 * @param {string[]} match
 * @returns {Inline}
 */
function readEntity([whole = '', decimal, hexadecimal, name]) {
  if (name !== undefined) return plain(ENTITIES.get(name.toLowerCase()) ?? whole);
  const code = decimal === undefined ? Number.parseInt(hexadecimal ?? '', 16) : Number(decimal);
  return plain(code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole);
}

/**
 * @param {string} address
 * @param {string} label
 * @returns {Inline}
 */
function linkTo(address, label) {
  return { kind: 'link', address, children: parseInline(label) };
}

/**
 * @param {string} text
 * @returns {Inline}
 */
function plain(text) {
  return { kind: 'text', text };
}
