/** Splits a FHIRPath condition at `and` / `or`; what is left over are leaves, each with the names it reads. */
import { parseExpression } from './fhirpath.ts';
import { type SyntaxNode, unwrap } from './syntax-node.ts';

/** A leaf's form, as far as anybody needs to know it. */
type LeafShape =
  | { kind: 'name'; name: string }
  | { kind: 'comparison'; name: string; operator: string; literal: Literal }
  | { kind: 'membership'; operator: 'in' | 'contains' }
  | { kind: 'option'; name: string; option: string }
  | { kind: 'other' };

export type Literal = { type: 'string' | 'number' | 'quantity' | 'boolean' | 'other'; text: string };

export type Leaf = {
  kind: 'leaf';
  text: string;
  names: string[];
  functions: string[];
  /** Type names of all syntax nodes in the leaf, for the lint. */
  syntax: string[];
  shape: LeafShape;
};

/** A leaf, and the node that it was made from. */
export type ParsedLeaf = Leaf & { node: SyntaxNode };

export type ExpressionTree = ParsedLeaf | { kind: 'and' | 'or'; parts: ExpressionTree[] };

const OPTION = /^iif\(\s*%(\w+)\.empty\(\)\s*,\s*\{\s*\}\s*,\s*%(\w+) contains '([^']*)'\s*\)$/;

/**
 * Parses a condition once and splits it.
 * @throws Error when it does not parse
 */
export function splitExpression(expression: string): ExpressionTree {
  const written = expression.replace(/\s+/g, ' ').trim();
  return split(parseExpression(written), written, { from: 0, to: written.length });
}

/** Where a part stands in what was written: its first character, and the one behind its last. */
type Range = { from: number; to: number };

function split(node: SyntaxNode, written: string, { from, to }: Range): ExpressionTree {
  const inner = unwrap(node);
  const kind = connective(inner);
  const [left, right] = inner.children ?? [];
  if (!kind || !left || !right) return leaf(inner, stripParentheses(written.slice(from, to).trim()));
  const [opened, closed] = withoutParentheses(written, { from, to });
  const at = (inner.start?.column ?? 1) - 1;
  const sides = [
    split(left, written, { from: opened, to: at }),
    split(right, written, { from: at + (inner.length ?? 0), to: closed }),
  ];
  return { kind, parts: sides.flatMap((tree) => (tree.kind === kind ? tree.parts : [tree])) };
}

/** The range inside the parentheses that stand around all of it. */
function withoutParentheses(written: string, { from, to }: Range): [from: number, to: number] {
  const text = written.slice(from, to);
  const inner = stripParentheses(text.trim());
  const opened = from + text.indexOf(inner);
  return [opened, opened + inner.length];
}

function connective(node: SyntaxNode): 'and' | 'or' | undefined {
  if (node.type === 'AndExpression') return 'and';
  return node.type === 'OrExpression' && node.text === 'or' ? 'or' : undefined;
}

function stripParentheses(text: string): string {
  if (!text.startsWith('(') || !text.endsWith(')')) return text;
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === "'" && text[at - 1] !== '\\') quoted = !quoted;
    if (quoted) continue;
    if (character === '(') depth += 1;
    if (character === ')') depth -= 1;
    if (depth === 0 && at < text.length - 1) return text;
  }
  return stripParentheses(text.slice(1, -1).trim());
}

function leaf(node: SyntaxNode, text: string): ParsedLeaf {
  const nodes = [...descendants(node)];
  return {
    kind: 'leaf',
    text,
    names: unique(nodes.filter(({ type }) => type === 'ExternalConstantTerm').map(nameOf)),
    functions: unique(nodes.filter(({ type }) => type === 'Functn').map(({ text: name }) => name ?? '')),
    syntax: unique(nodes.map(({ type }) => type)),
    shape: shapeOf(node, text),
    node,
  };
}

function* descendants(node: SyntaxNode): Generator<SyntaxNode> {
  yield node;
  for (const child of node.children ?? []) yield* descendants(child);
}

const nameOf = (node: SyntaxNode): string => (node.text ?? '').replace(/^`|`$/g, '');
const unique = (texts: string[]): string[] => [...new Set(texts)];

function shapeOf(node: SyntaxNode, text: string): LeafShape {
  const option = OPTION.exec(text);
  if (option?.[1] !== undefined && option[1] === option[2]) {
    return { kind: 'option', name: option[1], option: option[3] ?? '' };
  }
  if (node.type === 'ExternalConstantTerm') return { kind: 'name', name: nameOf(node) };
  if (node.type === 'MembershipExpression') {
    return { kind: 'membership', operator: node.text === 'in' ? 'in' : 'contains' };
  }
  if (node.type === 'EqualityExpression' || node.type === 'InequalityExpression') return comparison(node);
  return { kind: 'other' };
}

function comparison(node: SyntaxNode): LeafShape {
  const [left, right] = (node.children ?? []).map(unwrap);
  const literal = right && literalOf(right);
  if (left?.type !== 'ExternalConstantTerm' || !literal) return { kind: 'other' };
  return { kind: 'comparison', name: nameOf(left), operator: node.text ?? '', literal };
}

const LITERALS: Record<string, Literal['type']> = {
  StringLiteral: 'string',
  NumberLiteral: 'number',
  QuantityLiteral: 'quantity',
  BooleanLiteral: 'boolean',
};

function literalOf(node: SyntaxNode): Literal | undefined {
  if (node.type !== 'LiteralTerm') return undefined;
  const type = LITERALS[node.children?.[0]?.type ?? ''] ?? 'other';
  const text = node.text ?? '';
  return { type, text: type === 'string' ? text.slice(1, -1) : text };
}
