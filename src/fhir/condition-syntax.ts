/**
 * A small parser for the part of FHIRPath in which conditions are written: it gives the very tree that the engine's own
 * parser gives, some fifty times faster, or nothing at all; then the engine parses (docs/adr/0006).
 */
import { type Token, tokensOf } from './condition-tokens.ts';
import type { SyntaxNode } from './syntax-node.ts';

/** Operators from the weakest to the strongest; all of them bind to the left. */
const OPERATORS: readonly (readonly [type: string, signs: readonly string[]])[] = [
  ['OrExpression', ['or', 'xor']],
  ['AndExpression', ['and']],
  ['MembershipExpression', ['in', 'contains']],
  ['EqualityExpression', ['=', '!=']],
  ['InequalityExpression', ['<=', '<', '>', '>=']],
  ['UnionExpression', ['|']],
];

/** Words of the grammar: as names they are left to the engine. */
const RESERVED = new Set(['or', 'xor', 'and', 'in', 'contains', 'implies', 'is', 'as', 'div', 'mod', 'true', 'false']);

/** Where the parser stands. */
type Reader = { tokens: Token[]; next: number };

/** The tree of an expression that stands on one line; undefined for everything that this parser does not know. */
export function parseCondition(expression: string): SyntaxNode | undefined {
  const tokens = tokensOf(expression);
  if (!tokens) return undefined;
  const reader = { tokens, next: 0 };
  const tree = operation(reader, 0);
  if (!tree || reader.next < tokens.length) return undefined;
  return { type: 'EntireExpression', children: [{ type: 'EntireExpression', children: [tree] }] };
}

function operation(reader: Reader, rank: number): SyntaxNode | undefined {
  const operator = OPERATORS[rank];
  if (!operator) return invocation(reader);
  const [type, signs] = operator;
  let left = operation(reader, rank + 1);
  for (let sign = peek(reader); left && sign && isSign(sign, signs); sign = peek(reader)) {
    reader.next += 1;
    const right = operation(reader, rank + 1);
    left = right && { type, ...whereOf(sign), children: [left, right] };
  }
  return left;
}

const isSign = ({ kind, text }: Token, signs: readonly string[]): boolean =>
  (kind === 'word' || kind === 'sign') && signs.includes(text);

/** A term, and the functions that are called on it. */
function invocation(reader: Reader): SyntaxNode | undefined {
  let found = term(reader);
  while (found && take(reader, '.')) {
    const called = call(reader);
    found = called && { type: 'InvocationExpression', children: [found, called] };
  }
  return found;
}

function term(reader: Reader): SyntaxNode | undefined {
  const inner = take(reader, '(') ? parenthesized(reader) : (name(reader) ?? literal(reader) ?? termOfCall(reader));
  return inner && { type: 'TermExpression', children: [inner] };
}

/** Behind the opening parenthesis. */
function parenthesized(reader: Reader): SyntaxNode | undefined {
  const inner = operation(reader, 0);
  return inner && take(reader, ')') ? { type: 'ParenthesizedTerm', children: [inner] } : undefined;
}

function name(reader: Reader): SyntaxNode | undefined {
  const token = takeKind(reader, 'name');
  if (!token || RESERVED.has(token.text.slice(1))) return undefined;
  const text = token.text.slice(1);
  const identifier = { type: 'Identifier', ...whereOf({ ...token, text, at: token.at + 1 }) };
  // The engine gives the length without the sign.
  const own = { text, start: startOf(token), length: text.length };
  return { type: 'ExternalConstantTerm', ...own, children: [{ type: 'ExternalConstant', children: [identifier] }] };
}

function literal(reader: Reader): SyntaxNode | undefined {
  const token = peek(reader);
  if (!token) return undefined;
  if (token.kind === 'number') return amount(reader, token);
  const type = typeOfLiteral(token);
  if (!type) return undefined;
  reader.next += 1;
  const child = type === 'NullLiteral' ? { type } : { type, text: token.text };
  return { type: 'LiteralTerm', ...whereOf(token), children: [child] };
}

function typeOfLiteral({ kind, text }: Token): string | undefined {
  if (kind === 'text') return 'StringLiteral';
  if (text === '{}') return 'NullLiteral';
  return kind === 'word' && (text === 'true' || text === 'false') ? 'BooleanLiteral' : undefined;
}

/** A number, or with a text behind it a quantity. */
function amount(reader: Reader, number: Token): SyntaxNode {
  reader.next += 1;
  const unit = takeKind(reader, 'text');
  if (!unit)
    return { type: 'LiteralTerm', ...whereOf(number), children: [{ type: 'NumberLiteral', text: number.text }] };
  const own = whereOf({ ...number, text: `${number.text}${unit.text}` });
  const parts = [{ type: 'Quantity', children: [{ type: 'Unit' }] }];
  const quantity = { type: 'QuantityLiteral', ...own, value: number.text, unit: unit.text, children: parts };
  return { type: 'LiteralTerm', ...own, children: [quantity] };
}

function termOfCall(reader: Reader): SyntaxNode | undefined {
  const called = call(reader);
  return called && { type: 'InvocationTerm', children: [called] };
}

function call(reader: Reader): SyntaxNode | undefined {
  const token = takeKind(reader, 'word');
  if (!token || RESERVED.has(token.text) || !take(reader, '(')) return undefined;
  const parts: SyntaxNode[] = [{ type: 'Identifier', ...whereOf(token) }];
  if (!take(reader, ')')) {
    const list = parameters(reader);
    if (!list) return undefined;
    parts.push({ type: 'ParamList', children: list });
  }
  const functn = { type: 'Functn', text: token.text, children: parts };
  return { type: 'FunctionInvocation', ...whereOf(token), children: [functn] };
}

function parameters(reader: Reader): SyntaxNode[] | undefined {
  const list: SyntaxNode[] = [];
  do {
    const from = reader.next;
    const parameter = operation(reader, 0);
    if (!parameter) return undefined;
    const written = reader.tokens.slice(from, reader.next).map(({ text }) => text);
    list.push({ ...parameter, text: parameter.text ?? written.join('') });
  } while (take(reader, ','));
  return take(reader, ')') ? list : undefined;
}

const peek = ({ tokens, next }: Reader): Token | undefined => tokens[next];

function take(reader: Reader, sign: string): boolean {
  const token = peek(reader);
  if (token?.kind !== 'sign' || token.text !== sign) return false;
  reader.next += 1;
  return true;
}

function takeKind(reader: Reader, kind: Token['kind']): Token | undefined {
  const token = peek(reader);
  if (token?.kind !== kind) return undefined;
  reader.next += 1;
  return token;
}

const startOf = ({ at }: Token) => ({ line: 1, column: at + 1 });
const whereOf = (token: Token) => ({ text: token.text, start: startOf(token), length: token.text.length });
