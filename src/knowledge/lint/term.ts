/** Atoms as small terms: the parser's nodes without the wrapping that says nothing. */
import type { Leaf, Literal } from '../../fhir/expression-tree.ts';
import { parseExpression } from '../../fhir/fhirpath.ts';
import type { SyntaxNode } from '../../fhir/syntax-node.ts';

export type Term =
  | { kind: 'name'; name: string }
  | { kind: 'literal'; literal: Literal }
  /** `{}` */
  | { kind: 'unknown' }
  | { kind: 'call'; function: string; on: Term | undefined; parameters: Term[] }
  | { kind: 'operation'; operator: string; left: Term; right: Term }
  /** A form that no rule of this engine needs: paths, indexes, types. */
  | { kind: 'foreign'; text: string };

/** The term of an atom; the two commonest shapes without parsing again. */
export function termOf({ shape, text }: Leaf): Term {
  if (shape.kind === 'name') return { kind: 'name', name: shape.name };
  if (shape.kind !== 'comparison') return fromNode(parseExpression(text));
  const { name, operator, literal } = shape;
  return { kind: 'operation', operator, left: { kind: 'name', name }, right: { kind: 'literal', literal } };
}

/** The names that a term reads, in order. */
export function namesIn(term: Term | undefined): string[] {
  switch (term?.kind) {
    case 'name':
      return [term.name];
    case 'call':
      return [term.on, ...term.parameters].flatMap(namesIn);
    case 'operation':
      return [...namesIn(term.left), ...namesIn(term.right)];
    default:
      return [];
  }
}

const LITERALS: Record<string, Literal['type']> = {
  StringLiteral: 'string',
  NumberLiteral: 'number',
  QuantityLiteral: 'quantity',
  BooleanLiteral: 'boolean',
};

function fromNode(node: SyntaxNode): Term {
  const [first, second] = node.children ?? [];
  switch (node.type) {
    case 'EntireExpression':
    case 'TermExpression':
    case 'ParenthesizedTerm':
    case 'InvocationTerm':
      return first ? fromNode(first) : foreign(node);
    case 'ExternalConstantTerm':
      return { kind: 'name', name: (node.text ?? '').replace(/^`|`$/g, '') };
    case 'LiteralTerm':
      return literal(node);
    case 'FunctionInvocation':
      return call(node, undefined);
    case 'InvocationExpression':
      return first && second?.type === 'FunctionInvocation' ? call(second, fromNode(first)) : foreign(node);
    case 'PolarityExpression':
      return signed(node.text ?? '', first ? fromNode(first) : foreign(node));
    default:
      if (!node.type.endsWith('Expression') || !first || !second || !node.text) return foreign(node);
      return { kind: 'operation', operator: node.text, left: fromNode(first), right: fromNode(second) };
  }
}

function literal({ text = '', children }: SyntaxNode): Term {
  const type = children?.[0]?.type ?? '';
  if (type === 'NullLiteral') return { kind: 'unknown' };
  const known = LITERALS[type] ?? 'other';
  return { kind: 'literal', literal: { type: known, text: known === 'string' ? text.slice(1, -1) : text } };
}

function call({ text = '', children }: SyntaxNode, on: Term | undefined): Term {
  const parameters = children?.flatMap(({ children: parts = [] }) => parts).find(({ type }) => type === 'ParamList');
  return { kind: 'call', function: text, on, parameters: (parameters?.children ?? []).map(fromNode) };
}

function signed(sign: string, term: Term): Term {
  if (term.kind !== 'literal') return { kind: 'foreign', text: `${sign}…` };
  return { kind: 'literal', literal: { ...term.literal, text: `${sign}${term.literal.text}` } };
}

const foreign = ({ type, text }: SyntaxNode): Term => ({ kind: 'foreign', text: text ?? type });
