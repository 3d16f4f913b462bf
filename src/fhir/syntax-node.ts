/** The parser's syntax tree, as far as this project reads it. */

/** One node. `start` and `length` of an operator are those of its sign. */
export type SyntaxNode = {
  type: string;
  text?: string;
  terminalNodeText?: string[];
  start?: { line: number; column: number };
  length?: number;
  children?: SyntaxNode[];
  /** Number and unit of a quantity, as written. */
  value?: string;
  unit?: string;
};

/** Single children in nodes that say nothing: the grammar wraps them around every term. */
const SILENT = new Set(['EntireExpression', 'TermExpression', 'ParenthesizedTerm']);

/** The node inside its wrappers. */
export function unwrap(node: SyntaxNode): SyntaxNode {
  const [only, ...others] = node.children ?? [];
  return SILENT.has(node.type) && only && others.length === 0 ? unwrap(only) : node;
}
