import { element } from './element.js';
import { parseMarkdown } from './markdown.js';

/** @typedef {import('./markdown.js').Block} Block @typedef {import('./inline-markdown.js').Inline} Inline */

/**
 * @param {string} text - GitHub-flavoured Markdown of a card
 * @param {number} below - heading level of what it stands under; its own highest heading becomes the next one
 * @returns {HTMLElement}
 */
export function renderMarkdown(text, below) {
  const blocks = parseMarkdown(text);
  const levels = blocks.map((block) => (block.kind === 'heading' ? block.level : 6));
  const lower = below + 1 - Math.min(6, ...levels);
  return element('div', {}, ...blocks.map((block) => renderBlock(block, lower)));
}

/**
 * @param {Block} block
 * @param {number} lower - how many levels its headings are moved down
 * @returns {HTMLElement}
 */
function renderBlock(block, lower) {
  switch (block.kind) {
    case 'heading':
      return element(`h${Math.min(6, lower + block.level)}`, {}, ...block.children.map(renderInline));
    case 'paragraph':
      return element('p', {}, ...block.children.map(renderInline));
    case 'list': {
      const items = block.items.map((blocks) => element('li', {}, ...renderItem(blocks, lower)));
      return element(block.ordered ? 'ol' : 'ul', {}, ...items);
    }
    case 'quote':
      return element('blockquote', {}, ...block.blocks.map((inner) => renderBlock(inner, lower)));
    case 'rule':
      return element('hr');
  }
}

/**
 * A list item that begins with a line of text needs no paragraph around it.
 *
 * @param {Block[]} blocks
 * @param {number} lower - how many levels its headings are moved down
 * @returns {Node[]}
 */
function renderItem([first, ...others], lower) {
  const begin =
    first?.kind === 'paragraph' ? first.children.map(renderInline) : first ? [renderBlock(first, lower)] : [];
  return [...begin, ...others.map((block) => renderBlock(block, lower))];
}

/**
 * @param {Inline} inline
 * @returns {Node}
 */
function renderInline(inline) {
  switch (inline.kind) {
    case 'text':
      return document.createTextNode(inline.text);
    case 'code':
      return element('code', {}, inline.text);
    case 'strong':
      return element('strong', {}, ...inline.children.map(renderInline));
    case 'emphasis':
      return element('em', {}, ...inline.children.map(renderInline));
    case 'link':
      return element('a', { href: inline.address, rel: 'noreferrer' }, ...inline.children.map(renderInline));
    case 'break':
      return element('br');
  }
}
