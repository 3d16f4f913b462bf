/** Operators of closures: a value on the left, literals on the right. */
import { type Closure, leave } from './closure-values.ts';
import { type SyntaxNode, unwrap } from './syntax-node.ts';

type Order = (value: number, limit: number) => boolean;

const ORDERS: Readonly<Record<string, Order>> = {
  '<': (value, limit) => value < limit,
  '<=': (value, limit) => value <= limit,
  '>': (value, limit) => value > limit,
  '>=': (value, limit) => value >= limit,
};

const QUANTITY = /^(\d+(?:\.\d+)?)\s*'([^']+)'$/;

/** `=` and `!=` with a text or a boolean. */
export function equality(input: Closure | undefined, operator = '', literal: SyntaxNode): Closure | undefined {
  const expected = textOf(literal) ?? booleanOf(literal);
  if (!input || expected === undefined || (operator !== '=' && operator !== '!=')) return undefined;
  const whenEqual = operator === '=';
  return (names) => {
    const value = input(names);
    if (value === undefined) return undefined;
    if (typeof value !== typeof expected) return leave();
    return (value === expected) === whenEqual;
  };
}

/** `<`, `<=`, `>`, `>=` with a number, or with a quantity of the same unit. */
export function comparison(input: Closure | undefined, operator = '', literal: SyntaxNode): Closure | undefined {
  const order = ORDERS[operator];
  if (!input || !order || literal.type !== 'LiteralTerm') return undefined;
  const written = QUANTITY.exec(literal.text ?? '');
  if (written) return quantityComparison(input, order, Number(written[1]), written[2] ?? '');
  const limit = numberOf(literal);
  if (limit === undefined) return undefined;
  return (names) => {
    const value = input(names);
    if (value === undefined) return undefined;
    return typeof value === 'number' ? order(value, limit) : leave();
  };
}

function quantityComparison(input: Closure, order: Order, limit: number, code: string): Closure {
  return (names) => {
    const value = input(names);
    if (value === undefined) return undefined;
    // Another unit is converted by the engine, exactly.
    return isQuantityIn(value, code) ? order(value.value, limit) : leave();
  };
}

function isQuantityIn(value: unknown, code: string): value is { value: number } {
  if (typeof value !== 'object' || value === null || !('code' in value) || value.code !== code) return false;
  return 'value' in value && typeof value.value === 'number' && !('comparator' in value);
}

/** `in` a union of texts; `contains` a text. */
export function membership(input: Closure | undefined, operator = '', right: SyntaxNode): Closure | undefined {
  if (!input) return undefined;
  if (operator === 'contains') return containing(input, textOf(right));
  const texts = operator === 'in' ? unionOf(right) : undefined;
  if (!texts) return undefined;
  return (names) => {
    const value = input(names);
    if (value === undefined) return undefined;
    return typeof value === 'string' ? texts.includes(value) : leave();
  };
}

/** An empty list contains nothing: false, and not unknown (the lint keeps such expressions from deciding anything). */
function containing(input: Closure, text: string | undefined): Closure | undefined {
  if (text === undefined) return undefined;
  return (names) => {
    const value = input(names);
    if (value === undefined) return false;
    const values = Array.isArray(value) ? value : [value];
    return values.every((one) => typeof one === 'string') ? values.includes(text) : leave();
  };
}

function unionOf(node: SyntaxNode): string[] | undefined {
  if (node.type !== 'UnionExpression') {
    const text = textOf(node);
    return text === undefined ? undefined : [text];
  }
  const sides = (node.children ?? []).map((child) => unionOf(unwrap(child)));
  return sides.every((side) => side !== undefined) ? sides.flat() : undefined;
}

/** A text literal without escapes. */
function textOf({ type, text = '' }: SyntaxNode): string | undefined {
  return type === 'LiteralTerm' && /^'[^'\\]*'$/.test(text) ? text.slice(1, -1) : undefined;
}

function booleanOf({ type, text }: SyntaxNode): boolean | undefined {
  return type === 'LiteralTerm' && (text === 'true' || text === 'false') ? text === 'true' : undefined;
}

function numberOf({ text = '' }: SyntaxNode): number | undefined {
  return /^\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;
}
