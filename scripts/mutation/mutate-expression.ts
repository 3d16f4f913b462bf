/** Mutations of the text of one atom. */

/** A changed text and what was changed. */
export type MutatedText = { text: string; what: string };

/** Texts in quotes are kept apart, so that nothing in them is taken for an operator. */
const TOKEN = /'[^']*'|<=|>=|!=|<|>|=|\d+(?:\.\d+)?|\b(?:and|or|true|false)\b|\.(?:empty|exists|not)\(\)/g;

const SWAPS: Readonly<Record<string, string[]>> = {
  '<=': ['<', '>'],
  '<': ['<=', '>='],
  '>=': ['>', '<'],
  '>': ['>=', '<='],
  '=': ['!='],
  '!=': ['='],
  and: ['or'],
  or: ['and'],
  true: ['false'],
  false: ['true'],
  '.empty()': ['.exists()'],
  '.exists()': ['.empty()'],
  '.not()': [''],
};

/** All texts that differ from an atom's by one comparison, threshold, literal or connective. */
export function mutateExpression(expression: string): MutatedText[] {
  const mutants = [...expression.matchAll(TOKEN)].flatMap((match) => {
    const [token] = match;
    const replaced = (by: string) =>
      expression.slice(0, match.index) + by + expression.slice(match.index + token.length);
    return replacements(token, expression.slice(0, match.index)).map((by) => ({
      text: replaced(by),
      what: `${token} -> ${by || 'nothing'}`,
    }));
  });
  if (/^%\w+$/.test(expression)) mutants.push({ text: `${expression}.not()`, what: 'negated' });
  return mutants;
}

function replacements(token: string, before: string): string[] {
  const swaps = SWAPS[token];
  if (swaps) return swaps;
  if (token.startsWith("'")) return isUnit(before) ? [] : ["'mutant'"];
  const step = token.includes('.') ? 0.1 : 1;
  return [Number(token) - step, Number(token) + step].map((value) => String(Math.round(value * 10) / 10));
}

/** A quoted text after a number is its unit: another unit is another mutation, and the lint refuses it. */
const isUnit = (before: string): boolean => /\d\s*$/.test(before);
