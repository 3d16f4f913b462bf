// The part of GitHub-flavoured Markdown that cards use, as a tree: headings, lists, quotes, paragraphs, rules.
// There is no raw HTML in the tree, so none can reach the page.
import { parseInline } from './inline-markdown.js';

/**
 * @typedef {import('./inline-markdown.js').Inline} Inline
 * @typedef {{ kind: 'heading', level: number, children: Inline[] }
 *   | { kind: 'paragraph', children: Inline[] }
 *   | { kind: 'list', ordered: boolean, items: Block[][] }
 *   | { kind: 'quote', blocks: Block[] }
 *   | { kind: 'rule' }} Block
 */

const HEADING = /^ {0,3}(#{1,6})\s+(.*?)\s*#*\s*$/;
const RULE = /^ {0,3}([-*_])(?:\s*\1){2,}\s*$/;
const ITEM = /^( {0,3}(?:[-*+]|\d{1,9}[.)])\s+)/;
const QUOTE = /^ {0,3}> ?/;

/**
 * @param {string} text
 * @returns {Block[]}
 */
export function parseMarkdown(text) {
  const lines = text.replaceAll(/\r\n?/g, '\n').split('\n');
  /** @type {Block[]} */
  const blocks = [];
  while (lines.length > 0) {
    const block = readBlock(lines);
    if (block !== undefined) blocks.push(block);
  }
  return blocks;
}

/**
 * Takes the next block off the lines.
 *
 * @param {string[]} lines
 * @returns {Block | undefined}
 */
function readBlock(lines) {
  const line = lines[0] ?? '';
  if (line.trim() === '') return void lines.shift();
  const heading = HEADING.exec(line);
  if (heading !== null) {
    lines.shift();
    return { kind: 'heading', level: heading[1]?.length ?? 1, children: parseInline(heading[2] ?? '') };
  }
  if (RULE.test(line)) {
    lines.shift();
    return { kind: 'rule' };
  }
  if (QUOTE.test(line)) {
    const quoted = takeWhile(lines, (next) => QUOTE.test(next)).map((next) => next.replace(QUOTE, ''));
    return { kind: 'quote', blocks: parseMarkdown(quoted.join('\n')) };
  }
  if (ITEM.test(line)) return readList(lines);
  const paragraph = takeWhile(lines, (next, index) => index === 0 || !startsBlock(next));
  return {
    kind: 'paragraph',
    children: parseInline(
      paragraph
        .map((next) => next.trimStart())
        .join('\n')
        .trimEnd(),
    ),
  };
}

/**
 * @param {string[]} lines
 * @returns {Block}
 */
function readList(lines) {
  const ordered = isOrdered(lines[0] ?? '');
  /** @type {Block[][]} */
  const items = [];
  while (ITEM.test(lines[0] ?? '') && isOrdered(lines[0] ?? '') === ordered && !RULE.test(lines[0] ?? '')) {
    const width = ITEM.exec(lines[0] ?? '')?.[0].length ?? 0;
    const belongs = (/** @type {string} */ next, /** @type {number} */ index) =>
      index === 0 || indent(next) >= Math.min(width, 2) || !startsBlock(next) || isBlankBeforeMore(lines, index);
    const own = takeWhile(lines, belongs).map((next, index) =>
      next.slice(index === 0 ? width : Math.min(indent(next), width)),
    );
    items.push(parseMarkdown(own.join('\n')));
    // Blank lines between items do not end the list.
    if (lines[0]?.trim() === '' && ITEM.test(lines[1] ?? '')) lines.shift();
  }
  return { kind: 'list', ordered, items };
}

/**
 * A blank line inside an item: what follows is still indented.
 *
 * @param {string[]} lines
 * @param {number} index
 */
function isBlankBeforeMore(lines, index) {
  return lines[index]?.trim() === '' && indent(lines[index + 1] ?? '') >= 2;
}

/** @param {string} line */
function startsBlock(line) {
  return line.trim() === '' || [HEADING, RULE, ITEM, QUOTE].some((form) => form.test(line));
}

/** @param {string} line */
function isOrdered(line) {
  return /^ *\d/.test(line);
}

/** @param {string} line */
function indent(line) {
  return line.trim() === '' ? 0 : line.length - line.trimStart().length;
}

/**
 * Takes lines off the front as long as they belong.
 *
 * @param {string[]} lines
 * @param {(line: string, index: number) => boolean} belongs
 */
function takeWhile(lines, belongs) {
  const end = lines.findIndex((line, index) => !belongs(line, index));
  return lines.splice(0, end === -1 ? lines.length : end);
}
