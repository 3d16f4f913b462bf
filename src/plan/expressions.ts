/** Expressions of plans: checked against what can be known and what may be called, then compiled by the one engine. */
import type { Closure } from '../fhir/closure-values.ts';
import { compileClosure } from '../fhir/closures.ts';
import { parseExpression } from '../fhir/fhirpath.ts';
import type { SyntaxNode } from '../fhir/syntax-node.ts';
import type { Expression } from '../fhir/types.ts';
import { type Condition, compileCondition } from '../knowledge/condition.ts';
import type { Checking } from './compiling.ts';
import { CLOCK, isKnown } from './names.ts';
import type { Names } from './plan.ts';

/** Longer ones are written by machines against machines. */
const LENGTH_LIMIT = 5_000;

const WHY_NOT: Readonly<Record<string, string>> = {
  matches: 'is a regular expression, which may run for ever',
  matchesFull: 'is a regular expression, which may run for ever',
  replaceMatches: 'is a regular expression, which may run for ever',
  resolve: 'reads beyond the data: query them with a variable',
  memberOf: 'needs a terminology server: list the codes',
  subsumes: 'needs a terminology server: list the codes',
  subsumedBy: 'needs a terminology server: list the codes',
  conformsTo: 'needs a profile server',
  trace: 'writes patient data to a log',
  timeOfDay: 'is not given: use now()',
};

const QUOTED_OR_BLANK = /'(?:[^'\\]|\\.)*'|\s+/g;
const QUOTED = /'(?:[^'\\]|\\.)*'/g;
const CLOCK_CALL = /'(?:[^'\\]|\\.)*'|(?<![\w.%])(now|today)\(\s*\)/g;

/** Compiles a condition; each distinct atom of a scope once. A fault is reported. */
export function conditionOf(expression: Expression | undefined, names: Names, element: string, checking: Checking) {
  return checked(expression, names, element, checking, (text): Condition => compileCondition(text, names.scope));
}

/** Compiles an expression that gives any value. A fault is reported. */
export function valueExpression(expression: Expression | undefined, names: Names, element: string, checking: Checking) {
  return checked(expression, names, element, checking, (text, reads): { evaluate: Closure; reads: string[] } => {
    return { evaluate: compileClosure(text), reads };
  });
}

function checked<T>(
  expression: Expression | undefined,
  names: Names,
  element: string,
  checking: Checking,
  compile: (text: string, reads: string[]) => T,
): T | undefined {
  const written = expression?.expression?.trim();
  if (!written) return refuse('there is no expression: it would never be true');
  if (expression?.language !== 'text/fhirpath') {
    return refuse(`the language is ${expression?.language ?? 'missing'}: only text/fhirpath is evaluated`);
  }
  try {
    const text = prepared(written);
    const { reads, faults } = inspected(parseExpression(text), names);
    for (const name of reads) checking.reads.add(name);
    for (const fault of faults) refuse(fault);
    return faults.length > 0 ? undefined : compile(text, reads);
  } catch (error) {
    const [reason] = String(error instanceof Error ? error.message : error).split('\n');
    return refuse(`the expression "${written.slice(0, 200)}" cannot be read: ${reason}`);
  }

  function refuse(reason: string): undefined {
    checking.report(element, reason);
  }
}

/** On one line, with the clock of the call instead of the engine's own. */
function prepared(written: string): string {
  if (written.length > LENGTH_LIMIT) throw new Error(`it has more than ${LENGTH_LIMIT} characters`);
  // On one line a comment would take the rest of the expression away.
  if (/\/\/|\/\*/.test(written.replace(QUOTED, ''))) throw new Error('comments are not read');
  if (written.match(QUOTED)?.some((text) => /[\n\r\t]| {2}/.test(text))) throw new Error('a text has odd blanks in it');
  const line = written.replace(QUOTED_OR_BLANK, (found) => (found.startsWith("'") ? found : ' '));
  return line.replace(CLOCK_CALL, (found, name?: 'now' | 'today') => (name ? CLOCK[name] : found));
}

type Findings = { reads: string[]; faults: string[] };

function inspected(tree: SyntaxNode, names: Names): Findings {
  const reads = new Set<string>();
  const faults = new Set<string>();
  visit(tree, false);
  return { reads: [...reads], faults: [...faults] };

  /** @param inside whether an item of a collection is in focus */
  function visit(node: SyntaxNode, inside: boolean): void {
    const name = node.text ?? '';
    if (node.type === 'ExternalConstantTerm') read(name.replace(/^`|`$/g, ''));
    if (node.type === 'Functn' && Object.hasOwn(WHY_NOT, name)) faults.add(`\`${name}()\` ${WHY_NOT[name]}`);
    if (node.type === 'InvocationTerm' && !inside && node.children?.[0]?.type === 'MemberInvocation') {
      faults.add(`\`${name || 'a path'}\` stands without a %name: there is no resource that it could be read from`);
    }
    for (const child of node.children ?? []) visit(child, inside || node.type === 'ParamList');
  }

  function read(name: string): void {
    reads.add(name);
    if (!isKnown(name, names)) faults.add(`%${name} is not defined before it is read`);
  }
}
