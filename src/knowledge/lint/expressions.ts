/** Every expression is there, has a name where it needs one, and is FHIRPath. */
import type { Expression } from '../../fhir/types.ts';
import { fieldsOf, type Part } from './parts.ts';

const IDENTIFIER = /^[A-Za-z][A-Za-z0-9]*$/;
const QUOTED = /'(?:[^'\\]|\\.)*'/g;

/** Reasons against an expression, a variable or a condition. */
export function faultyExpression({ level, node }: Part): string[] {
  if (level === 'condition') return fieldsOf(node).get('expression') ? [] : ['the condition has no expression'];
  const isVariable = level === 'variable' || level === 'alternative';
  if (!isVariable && level !== 'expression') return [];
  const { name, language, expression } = node as Expression;
  const reasons: string[] = [];
  if (!expression?.trim()) reasons.push('the expression has no text');
  // An expression is read as one line: a comment would take the rest of it away.
  if (/\/\/|\/\*/.test(expression?.replace(QUOTED, '') ?? '')) reasons.push('comments are not read: use `description`');
  if (language !== 'text/fhirpath')
    reasons.push(`the language is ${language ?? 'missing'}: only text/fhirpath is read`);
  if (isVariable && !name) reasons.push('the variable has no name: it would be ignored');
  if (isVariable && name && !IDENTIFIER.test(name)) reasons.push(`\`${name}\` is no name that %name can refer to`);
  return reasons;
}
