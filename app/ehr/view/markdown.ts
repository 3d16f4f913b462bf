/** Markdown of a card as elements. Raw HTML stays text: what a card quotes may come from anywhere. */
import { marked, type Token, type Tokens } from 'marked';
import { element, link } from '../../shared/element.ts';

/** @param text GitHub-flavoured Markdown */
export const renderMarkdown = (text: string): HTMLElement =>
  element('div', { class: 'markdown' }, ...blocks(marked.lexer(text, { gfm: true })));

const blocks = (tokens: Token[] = []): Node[] => tokens.flatMap(block);

function block(token: Token): Node[] {
  switch (token.type) {
    case 'space':
      return [];
    case 'heading':
      return [element('h4', {}, ...inlines(token.tokens))];
    case 'paragraph':
      return [isTitle(token) ? element('h4', {}, token.tokens[0].text) : element('p', {}, ...inlines(token.tokens))];
    case 'list': {
      const { ordered, items } = token as Tokens.List;
      return [element(ordered ? 'ol' : 'ul', {}, ...items.map(({ tokens }) => element('li', {}, ...blocks(tokens))))];
    }
    case 'blockquote':
      return [element('blockquote', {}, ...blocks(token.tokens))];
    case 'code':
      return [element('pre', { tabindex: '0' }, token.text)];
    case 'hr':
      return [element('hr')];
    // The text of a list item.
    case 'text':
      return token.tokens ? inlines(token.tokens) : [new Text(unescaped(token.text))];
    default:
      return [element('p', {}, token.raw)];
  }
}

/** A paragraph that is strong as a whole stands over what follows. */
const isTitle = (token: Token): token is Tokens.Paragraph & { tokens: [Tokens.Strong] } =>
  token.type === 'paragraph' && token.tokens?.length === 1 && token.tokens[0]?.type === 'strong';

const inlines = (tokens: Token[] = []): Node[] => tokens.map(inline);

function inline(token: Token): Node {
  switch (token.type) {
    case 'strong':
      return element('strong', {}, ...inlines(token.tokens));
    case 'em':
      return element('em', {}, ...inlines(token.tokens));
    case 'del':
      return element('del', {}, ...inlines(token.tokens));
    case 'codespan':
      return element('code', {}, unescaped(token.text));
    case 'br':
      return element('br');
    case 'link':
      return link(unescaped(token.text), token.href);
    case 'escape':
      return new Text(token.text);
    case 'text':
      return token.tokens ? element('span', {}, ...inlines(token.tokens)) : new Text(unescaped(token.text));
    // Raw HTML, pictures, and whatever may come: as it was written.
    default:
      return new Text(token.raw);
  }
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' };

/** References to characters: the library leaves them to HTML, which there is none of here. */
function unescaped(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{2,6}));/gi, (whole, decimal, hexadecimal, name) => {
    if (name !== undefined) return NAMED[name.toLowerCase()] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hexadecimal, 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
