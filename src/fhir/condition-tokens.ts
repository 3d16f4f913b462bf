/** The words and signs of the part of FHIRPath in which conditions are written. */

export type Token = {
  kind: 'name' | 'number' | 'text' | 'word' | 'sign';
  text: string;
  /** Where it begins, from 0. */
  at: number;
};

/** A name (`%fever`), a number, a text, a word, a sign, in this order; blanks stand between them. */
const TOKEN = / *(?:(%[A-Za-z]\w*)|(\d+(?:\.\d+)?)|('(?:[^'\\]|\\.)*')|([A-Za-z_]\w*)|(\{\}|[<>]=?|!=|=|[().,|]))/y;
const KINDS = ['name', 'number', 'text', 'word', 'sign'] as const;

/** The tokens of an expression that stands on one line; undefined when something else stands in it. */
export function tokensOf(expression: string): Token[] | undefined {
  const tokens: Token[] = [];
  const end = expression.replace(/ +$/, '').length;
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < end) {
    const [, ...groups] = TOKEN.exec(expression) ?? [];
    const group = groups.findIndex((found) => found !== undefined);
    const [kind, text] = [KINDS[group], groups[group]];
    if (kind === undefined || text === undefined) return undefined;
    tokens.push({ kind, text, at: TOKEN.lastIndex - text.length });
  }
  return tokens;
}
