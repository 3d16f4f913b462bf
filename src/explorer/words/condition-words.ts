/** Conditions as plain words, for reviewers who do not read FHIRPath; and as FHIRPath. */
import { type ExpressionTree, type Leaf, splitExpression } from '../../fhir/expression-tree.ts';
import type { Condition } from '../../knowledge/condition.ts';
import { leafWords } from './leaf-words.ts';
import type { Names } from './names.ts';

/** A condition in words. */
export function conditionWords(condition: Condition, names: Names): string {
  if (condition.kind === 'atom') return expressionWords(condition.atom.expression, names);
  if (condition.kind === 'named') return condition.variable.description || condition.variable.name;
  return joined(condition.kind, condition.parts, (part) => conditionWords(part, names));
}

/** An expression in words. */
export const expressionWords = (expression: string, names: Names): string =>
  treeWords(splitExpression(expression), names);

/** A condition as its author wrote it, but for parentheses and line breaks. */
export function fhirpath(condition: Condition): string {
  if (condition.kind === 'atom') return condition.atom.expression;
  if (condition.kind === 'named') return `%${condition.variable.name}`;
  return joined(condition.kind, condition.parts, fhirpath, condition.kind);
}

function treeWords(tree: ExpressionTree, names: Names): string {
  if (tree.kind === 'leaf') return leafWords(tree satisfies Leaf, names, (text) => expressionWords(text, names));
  return joined(tree.kind, tree.parts, (part) => treeWords(part, names));
}

/** Connectives stand out: labels hold "and" and "or" of their own. */
function joined<T extends { kind: string }>(
  kind: 'and' | 'or',
  parts: T[],
  words: (part: T) => string,
  connective = `**${kind}**`,
): string {
  const inner = (part: T) => (part.kind === 'and' || part.kind === 'or' ? `(${words(part)})` : words(part));
  return parts.map(inner).join(` ${connective} `);
}
