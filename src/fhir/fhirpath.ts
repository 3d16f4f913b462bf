/** The only file that touches the FHIRPath engine (HL7 `fhirpath`; design/architecture section 7 says why no other). */
import fhirpath from 'fhirpath';
import r4 from 'fhirpath/fhir-context/r4';

/** Values bound to `%names`. Every name an expression reads must be bound; unknown is `[]`. */
export type Bindings = Record<string, unknown>;

/** A compiled expression: bindings in, FHIRPath collection out. */
export type Evaluate = (bindings: Bindings) => unknown[];

/** One node of the parser's syntax tree, as far as this project reads it. */
export type SyntaxNode = {
  type: string;
  text?: string;
  terminalNodeText?: string[];
  start?: { line: number; column: number };
  length?: number;
  children?: SyntaxNode[];
};

/**
 * Compiles an expression once; evaluation is against no resource, only against bound names.
 * @throws Error when the expression does not parse
 */
export function compileExpression(expression: string): Evaluate {
  // A date or quantity that is bound to a name stays one.
  const compiled = fhirpath.compile(expression, r4, { resolveInternalTypes: false });
  // The engine types its environment too narrowly; this is the one cast.
  return (bindings) => compiled({}, bindings as Parameters<typeof compiled>[1]) as unknown[];
}

/** A value of an expression as JSON: dates as text. */
export const plainValue = (value: unknown): unknown => fhirpath.resolveInternalTypes(value);

/**
 * Parses an expression that stands on one line.
 * @throws Error when the expression does not parse
 */
export function parseExpression(expression: string): SyntaxNode {
  return fhirpath.parse(expression) as SyntaxNode;
}

/** Single children in nodes that say nothing: the grammar wraps them around every term. */
const SILENT = new Set(['EntireExpression', 'TermExpression', 'ParenthesizedTerm']);

/** The node inside its wrappers. */
export function unwrap(node: SyntaxNode): SyntaxNode {
  const [only, ...others] = node.children ?? [];
  return SILENT.has(node.type) && only && others.length === 0 ? unwrap(only) : node;
}
