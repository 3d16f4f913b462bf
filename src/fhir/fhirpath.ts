/** The only file that touches the FHIRPath engine (HL7 `fhirpath`; design/architecture section 7 says why no other). */
import { createRequire } from 'node:module';
import type fhirpath from 'fhirpath';
import type r4 from 'fhirpath/fhir-context/r4';
import { parseCondition } from './condition-syntax.ts';
import type { SyntaxNode } from './syntax-node.ts';

/** Values bound to `%names`. Every name an expression reads must be bound; unknown is `[]`. */
export type Bindings = Record<string, unknown>;

/** A compiled expression: bindings in, FHIRPath collection out. */
export type Evaluate = (bindings: Bindings) => unknown[];

type Engine = { fhirpath: typeof fhirpath; r4: typeof r4 };

const load = createRequire(import.meta.url);
let loaded: Engine | undefined;

/** Loaded when the first expression needs it: a start that needs none is a quarter of a second shorter. */
function engine(): Engine {
  loaded ??= { fhirpath: load('fhirpath'), r4: load('fhirpath/fhir-context/r4') };
  return loaded;
}

/**
 * Compiles an expression once; evaluation is against no resource, only against bound names.
 * @throws Error when the expression does not parse
 */
export function compileExpression(expression: string): Evaluate {
  // A date or quantity that is bound to a name stays one.
  const compiled = engine().fhirpath.compile(expression, engine().r4, { resolveInternalTypes: false });
  // The engine types its environment too narrowly; this is the one cast.
  return (bindings) => compiled({}, bindings as Parameters<typeof compiled>[1]) as unknown[];
}

/** A value of an expression as JSON: dates as text. */
export const plainValue = (value: unknown): unknown => engine().fhirpath.resolveInternalTypes(value);

/**
 * Parses an expression that stands on one line.
 * @throws Error when the expression does not parse
 */
export function parseExpression(expression: string): SyntaxNode {
  return parseCondition(expression) ?? parseByEngine(expression);
}

/** The engine's own tree, which the parser of conditions must give too. */
export const parseByEngine = (expression: string): SyntaxNode => engine().fhirpath.parse(expression) as SyntaxNode;
