/** Atoms are of the forms that the engine explains, over what their names may hold. */
import type { Leaf } from '../../fhir/expression-tree.ts';
import type { Atom } from '../condition.ts';
import type { Problem } from '../sources.ts';
import { comparison, membership } from './comparisons.ts';
import { type Domain, type Domains, domainsOf } from './domains.ts';
import { forbiddenFunctions, isConnective } from './forbidden.ts';
import { ownAtoms, placesOf } from './places.ts';
import { remembered } from './remembered.ts';
import { problems, type Subject } from './subject.ts';
import { type Term, termOf } from './term.ts';

/** Findings about atoms; each distinct atom is examined once. */
export function unfitAtoms(subject: Subject): Problem[] {
  const domains = domainsOf(subject.topic);
  const examine = remembered((atom: Atom) => reasonsAgainst(atom.leaf, domains));
  return placesOf(subject).flatMap(({ file, element, condition }) =>
    problems(file, element, [...new Set(ownAtoms(condition).flatMap(examine))]),
  );
}

function reasonsAgainst(leaf: Leaf, domains: Domains): string[] {
  const { shape, text } = leaf;
  const forbidden = forbiddenFunctions(leaf);
  if (forbidden.length > 0) return forbidden.map((reason) => `\`${text}\`: ${reason}`);
  const reasons = shape.kind === 'option' ? option(shape, domains.get(shape.name)) : condition(termOf(leaf), domains);
  return [...new Set(reasons)].map((reason) => `\`${text}\`: ${reason}`);
}

/** One option of a multiple choice, as an atom of its own: the engine knows which options are still unknown. */
function option({ name, option: code }: { name: string; option: string }, domain: Domain | undefined): string[] {
  if (!domain) return [];
  if (domain.kind !== 'choices') return [`%${name} is no multiple choice`];
  return domain.values.has(code) ? [] : [`'${code}' is no option of %${name}`];
}

/** Reasons why a term is no condition. */
function condition(term: Term, domains: Domains): string[] {
  switch (term.kind) {
    case 'name':
      return bareName(term.name, domains.get(term.name));
    case 'literal':
      return term.literal.type === 'boolean' ? [] : [`${term.literal.text} is no condition`];
    case 'unknown':
      return ['{} is always unknown'];
    case 'foreign':
      return [`the form \`${term.text}\` is not read here: facts are plain values, compared with literals`];
    case 'call':
      return call(term, domains);
    case 'operation':
      return operation(term, domains);
  }
}

function bareName(name: string, domain: Domain | undefined): string[] {
  if (!domain || domain.kind === 'yes-no') return [];
  const always = domain.kind === 'choice' || domain.kind === 'choices' ? ': alone it is true whatever the answer' : '';
  return [`%${name} is no yes/no fact but a ${domain.kind}${always}; compare it with a value`];
}

function operation({ operator, left, right }: Extract<Term, { kind: 'operation' }>, domains: Domains): string[] {
  if (isConnective(operator)) return [...condition(left, domains), ...condition(right, domains)];
  if (operator === 'in') return membership(left, right, domains);
  return operator === 'contains'
    ? membership(right, left, domains, 'contains')
    : comparison(operator, left, right, domains);
}

function call(term: Extract<Term, { kind: 'call' }>, domains: Domains): string[] {
  const { function: name, on, parameters } = term;
  if (name === 'iif' && !on) return choiceOfTwo(term, domains);
  if (!on || parameters.length > 0) return [`\`${name}()\` is not read in this form`];
  if (name === 'not') return condition(on, domains);
  if (name === 'exists' || name === 'empty')
    return on.kind === 'name' ? dates(on.name, domains) : condition(on, domains);
  return [`\`${name}()\` gives no yes or no`];
}

function choiceOfTwo(term: Extract<Term, { kind: 'call' }>, domains: Domains): string[] {
  const [test, ...branches] = term.parameters;
  if (!test || branches.length === 0 || branches.length > 2) return ['`iif` takes a condition and one or two results'];
  const results = branches.filter(({ kind }) => kind !== 'unknown');
  return [test, ...results].flatMap((part) => condition(part, domains));
}

const dates = (name: string, domains: Domains): string[] =>
  domains.get(name)?.kind === 'date' ? [`%${name} is a date: expressions cannot read dates`] : [];
