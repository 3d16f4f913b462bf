/** Comparisons fit what they compare: type, option, unit. */
import type { Literal } from '../../fhir/expression-tree.ts';
import { compileExpression } from '../../fhir/fhirpath.ts';
import { comparableQuantity } from '../../fhir/quantities.ts';
import type { Domain, Domains } from './domains.ts';
import type { Term } from './term.ts';

const EQUALITY = new Set(['=', '!=']);
const ORDER = new Set(['<', '<=', '>', '>=']);
const QUANTITY = /^(-?[\d.]+)\s*'([^']*)'$/;
const MULTIPLE =
  "a multiple choice is read as `iif(%x.empty(), {}, %x contains 'a')` only, alone between `and` and `or`: " +
  'in any other shape unanswered counts as no';

/** Reasons against `left operator right`. */
export function comparison(operator: string, left: Term, right: Term, domains: Domains): string[] {
  if (!EQUALITY.has(operator) && !ORDER.has(operator)) {
    return [`the operator \`${operator}\` is not read here: and, or, =, !=, <, <=, >, >=, in, contains`];
  }
  const name = left.kind === 'name' ? left.name : undefined;
  const domain = name === undefined ? countOf(left) : domains.get(name);
  if (name !== undefined && !domain) return [];
  if (!domain) return ['a comparison has a fact on its left'];
  if (right.kind !== 'literal') return ['a comparison has a literal on its right'];
  const subject = name === undefined ? 'a count' : `%${name}`;
  const unfit = unfitLiteral(subject, domain, right.literal);
  if (unfit) return [unfit];
  const ordered = domain.kind === 'number' || domain.kind === 'quantity';
  return ORDER.has(operator) && !ordered ? [`${subject} has no order: \`${operator}\` does not fit`] : [];
}

/** Reasons against `member in list` and `list contains member`. */
export function membership(member: Term, list: Term, domains: Domains, written: 'in' | 'contains' = 'in'): string[] {
  if (list.kind === 'name') {
    const domain = domains.get(list.name);
    if (!domain) return [];
    if (domain.kind === 'choices') return [MULTIPLE];
    if (domain.kind !== 'codes') return [`%${list.name} is no list: \`${written}\` does not fit`];
    if (member.kind !== 'literal') return ['a list of codes contains a literal code'];
    return unfitCode(`%${list.name}`, domain.values, member.literal);
  }
  const domain = member.kind === 'name' ? domains.get(member.name) : undefined;
  if (member.kind === 'name' && !domain) return [];
  if (domain?.kind === 'choices') return [MULTIPLE];
  const literals = literalsOf(list);
  if (member.kind !== 'name' || !domain || !literals || written === 'contains') {
    return ["`in` stands between a fact and a list of literals: %x in ('a' | 'b')"];
  }
  return literals.flatMap((literal) => unfitLiteral(`%${member.name}`, domain, literal) ?? []);
}

function unfitLiteral(subject: string, domain: Domain, literal: Literal): string | undefined {
  const { type, text } = literal;
  switch (domain.kind) {
    case 'yes-no':
      return type === 'boolean' ? undefined : `${subject} is yes/no: compare it with true or false, not with ${text}`;
    case 'number':
      return type === 'number' ? undefined : `${subject} is a plain number: ${text} is none`;
    case 'quantity':
      return unfitQuantity(subject, domain.unit, literal);
    case 'choice':
      return unfitCode(subject, domain.values, literal)[0];
    case 'choices':
      return MULTIPLE;
    case 'codes':
      return `${subject} is a list: use \`contains\``;
    case 'date':
      return `${subject} is a date: expressions cannot read dates`;
  }
}

function unfitCode(subject: string, values: ReadonlySet<string>, { type, text }: Literal): string[] {
  if (type !== 'string') return [`${subject} holds codes: ${text} is none`];
  return values.has(text) ? [] : [`'${text}' is none of the codes of ${subject} (${[...values].join(', ')})`];
}

function unfitQuantity(subject: string, unit: string, { type, text }: Literal): string | undefined {
  const [, , written] = QUANTITY.exec(text) ?? [];
  if (type !== 'quantity' || written === undefined)
    return `${subject} is a quantity in '${unit}': ${text} has no such unit`;
  if (written === unit || comparable(written, unit)) return undefined;
  return `${subject} is a quantity in '${unit}': '${written}' cannot be compared with it`;
}

/** Asks the engine itself whether two units have an order. */
function comparable(written: string, unit: string): boolean {
  try {
    return compileExpression(`%x >= 1 '${written}'`)({ x: comparableQuantity(1, unit) }).length === 1;
  } catch {
    return false;
  }
}

function countOf(term: Term): Domain | undefined {
  return term.kind === 'call' && term.function === 'count' && term.on?.kind === 'name' ? { kind: 'number' } : undefined;
}

/** The literals of `'a'` or `'a' | 'b'`. */
function literalsOf(list: Term): Literal[] | undefined {
  if (list.kind === 'literal') return [list.literal];
  if (list.kind !== 'operation' || list.operator !== '|') return undefined;
  const [left, right] = [literalsOf(list.left), literalsOf(list.right)];
  return left && right && [...left, ...right];
}
