/**
 * Closures for the small part of FHIRPath in which conditions are written: names, literals, comparisons, membership,
 * `and`, `or`, `iif`, `empty`, `exists`, `not`. They give what the engine gives, some twenty times faster; any other
 * form, and any value of a type that a form is not for, is left to the engine (docs/adr/0006).
 */
import { comparison, equality, membership } from './closure-operators.ts';
import { type Closure, leave, leftToEngine, single } from './closure-values.ts';
import { type Bindings, compileExpression, parseExpression } from './fhirpath.ts';
import { type SyntaxNode, unwrap } from './syntax-node.ts';

/**
 * Compiles an expression of one line. The engine compiles it only when it is needed.
 * @param node the expression, when it is parsed already
 * @throws Error when it does not parse
 */
export function compileClosure(expression: string, node: SyntaxNode = parseExpression(expression)): Closure {
  const closure = closureOf(node);
  let engine: Closure | undefined;
  const byEngine = (names: Bindings) => {
    engine ??= engineClosure(expression);
    return engine(names);
  };
  return closure ? withFallback(closure, byEngine) : byEngine;
}

const withFallback = (closure: Closure, byEngine: Closure): Closure => {
  return (names) => {
    try {
      return closure(names);
    } catch (error) {
      if (leftToEngine(error)) return byEngine(names);
      throw error;
    }
  };
};

function engineClosure(expression: string): Closure {
  const evaluate = compileExpression(expression);
  return (names) => single(evaluate(names));
}

function closureOf(wrapped: SyntaxNode): Closure | undefined {
  const node = unwrap(wrapped);
  const [first, second] = node.children ?? [];
  switch (node.type) {
    case 'ExternalConstantTerm':
      return nameClosure(node.text ?? '');
    case 'LiteralTerm':
      return literalClosure(node.text);
    case 'AndExpression':
      return kleene(closuresOf([first, second]), false);
    case 'OrExpression':
      return node.text === 'or' ? kleene(closuresOf([first, second]), true) : undefined;
    case 'EqualityExpression':
      return first && second && equality(closureOf(first), node.text, unwrap(second));
    case 'InequalityExpression':
      return first && second && comparison(closureOf(first), node.text, unwrap(second));
    case 'MembershipExpression':
      return first && second && membership(closureOf(first), node.text, unwrap(second));
    case 'InvocationExpression':
      return first && second && methodClosure(closureOf(first), second);
    case 'InvocationTerm':
      return first && iifClosure(first);
    default:
      return undefined;
  }
}

function nameClosure(name: string): Closure | undefined {
  // An unbound name is an error, which the engine words.
  if (name.startsWith('`')) return undefined;
  return (names) => {
    const value = names[name];
    return value === undefined && !(name in names) ? leave() : single(value);
  };
}

function literalClosure(text: string | undefined): Closure | undefined {
  if (text === '{}') return () => undefined;
  return text === 'true' || text === 'false' ? () => text === 'true' : undefined;
}

function closuresOf(nodes: (SyntaxNode | undefined)[]): Closure[] | undefined {
  const closures = nodes.flatMap((node) => (node && closureOf(node)) ?? []);
  return closures.length === nodes.length ? closures : undefined;
}

/** `and` (decided by false) or `or` (decided by true); anything that is no boolean is the engine's. */
function kleene(sides: Closure[] | undefined, deciding: boolean): Closure | undefined {
  const [left, right] = sides ?? [];
  if (!left || !right) return undefined;
  return (names) => {
    const a = truth(left(names));
    const b = truth(right(names));
    if (a === deciding || b === deciding) return deciding;
    return a === undefined || b === undefined ? undefined : !deciding;
  };
}

function truth(value: unknown): boolean | undefined {
  return value === undefined || typeof value === 'boolean' ? value : leave();
}

function methodClosure(input: Closure | undefined, method: SyntaxNode): Closure | undefined {
  if (!input || method.type !== 'FunctionInvocation' || parameters(method).length > 0) return undefined;
  if (method.text === 'empty') return (names) => input(names) === undefined;
  if (method.text === 'exists') return (names) => input(names) !== undefined;
  if (method.text !== 'not') return undefined;
  return (names) => {
    const value = truth(input(names));
    return value === undefined ? undefined : !value;
  };
}

/** Only the side that is chosen is evaluated; unknown chooses the second. */
function iifClosure(invocation: SyntaxNode): Closure | undefined {
  if (invocation.text !== 'iif') return undefined;
  const [criterion, whenTrue, otherwise] = closuresOf(parameters(invocation)) ?? [];
  if (!criterion || !whenTrue || !otherwise) return undefined;
  return (names) => (truth(criterion(names)) === true ? whenTrue(names) : otherwise(names));
}

function parameters(invocation: SyntaxNode): SyntaxNode[] {
  const list = invocation.children?.[0]?.children?.find(({ type }) => type === 'ParamList');
  return list?.children ?? [];
}
