/** One leaf of an expression in words. */
import type { Leaf } from '../../fhir/expression-tree.ts';
import type { FactDefinition } from '../../knowledge/fact-definition.ts';
import { gestation } from './durations.ts';
import { ANY_WORDS, CONTEXT_WORDS, DECISION_WORDS, LIST_WORDS } from './engine-words.ts';
import { functionWords } from './function-words.ts';
import { code, quoted } from './marks.ts';
import type { Names } from './names.ts';

const OPERATORS: Record<string, string> = { '=': '=', '!=': 'is not', '>=': '≥', '<=': '≤', '>': '>', '<': '<' };
const UNITS: Record<string, string> = { 'mm[Hg]': 'mmHg', Cel: '°C', '[IU]/L': 'IU/L', 'kg/m2': 'kg/m²' };

const MEMBERSHIP = /^%(\w+) in \((.*)\)$/;
const CONTAINS = /^%(\w+) contains '([^']*)'$/;

/** @param inner words of an expression inside the leaf */
export function leafWords({ shape, text }: Leaf, names: Names, inner: (text: string) => string): string {
  switch (shape.kind) {
    case 'name':
      return nameWords(shape.name, names);
    case 'option':
      return optionsWords(shape.name, [shape.option], names);
    case 'comparison':
      return comparisonWords(shape, names);
    case 'membership':
      return membershipWords(text, names);
    case 'other':
      return functionWords(text, inner) ?? code(text);
  }
}

/** What a name stands for. */
function nameWords(name: string, { factByName, variableByName }: Names): string {
  const engine: Record<string, string> = { ...CONTEXT_WORDS, ...DECISION_WORDS, ...ANY_WORDS };
  return factByName.get(name)?.label ?? variableByName.get(name)?.description ?? engine[name] ?? code(`%${name}`);
}

type Comparison = Extract<Leaf['shape'], { kind: 'comparison' }>;

function comparisonWords({ name, operator, literal }: Comparison, names: Names): string {
  const label = nameWords(name, names);
  if (literal.type === 'boolean') return literal.text === 'true' ? label : `${label}: no`;
  if (literal.type === 'string') {
    return operator === '='
      ? optionsWords(name, [literal.text], names)
      : `${label} is not ${optionName(name, literal.text, names)}`;
  }
  return `${label} ${OPERATORS[operator] ?? operator} ${amount(name, literal.text)}`;
}

/** Gestation is counted in days and said in weeks. */
function amount(name: string, text: string): string {
  if (name === 'gestationMin' || name === 'gestationMax') return gestation(Number(text));
  const [, number = text, unit] = /^([\d.]+)\s*'([^']*)'$/.exec(text) ?? [];
  return unit === undefined ? number : `${number} ${UNITS[unit] ?? unit}`;
}

function membershipWords(text: string, names: Names): string {
  const [, name = '', list] = MEMBERSHIP.exec(text) ?? [];
  if (list !== undefined) return optionsWords(name, list.match(/[^'|\s]+/g) ?? [], names);
  const [, of = '', member = ''] = CONTAINS.exec(text) ?? [];
  const words = (LIST_WORDS as Record<string, (member: string) => string>)[of];
  return words ? words(member) : code(text);
}

const optionsWords = (name: string, options: string[], names: Names): string =>
  `${nameWords(name, names)}: ${options.map((option) => optionName(name, option, names)).join(' or ')}`;

const optionName = (name: string, option: string, { factByName }: Names): string =>
  quoted(displayOf(factByName.get(name), option));

/** What people see of an option. */
const displayOf = (fact: FactDefinition | undefined, option: string): string =>
  fact?.options.find(({ coding }) => coding.code === option)?.display ?? option;
