/** Functions of expressions in words: the few forms that the lint allows. */

const CALL = /^(.+)\.(exists|empty|not)\(\)$/;

/** Words of `iif`, `exists`, `empty`, `not`; undefined for anything else. */
export function functionWords(text: string, inner: (text: string) => string): string | undefined {
  if (text === 'true') return 'always';
  const choice = argumentsOf(text);
  if (choice) return choiceWords(choice, inner);
  const [, of = '', name] = CALL.exec(text) ?? [];
  if (name === 'exists') return isList(of) ? inner(of) : `${inner(of)} is known`;
  if (name === 'empty') return isList(of) ? `not (${inner(of)})` : `${inner(of)} is not known`;
  return name === 'not' ? `not (${inner(of)})` : undefined;
}

/** Lists of the decision are never unknown, but may have no member. */
const isList = (text: string): boolean => /^%(reached|raised|firedRules|openDiscriminating)$/.test(text);

function choiceWords([condition, yes, no]: [string, string, string], inner: (text: string) => string): string {
  if (yes === 'true' && no === 'false') return `${inner(condition)} (unknown counts as no)`;
  if (yes === 'false' && no === 'true') return `not, or not known to be: ${bracketed(inner(condition))}`;
  if (yes.replace(/\s/g, '') === '{}') return `${inner(no)} (unknown when ${inner(condition)})`;
  return `if ${inner(condition)} then ${bracketed(inner(yes))}, otherwise ${bracketed(inner(no))}`;
}

const bracketed = (words: string): string => (/ \*\*(and|or)\*\* /.test(words) ? `(${words})` : words);

/** The three arguments of `iif(…)` when the whole text is that. */
function argumentsOf(text: string): [string, string, string] | undefined {
  if (!text.startsWith('iif(') || !text.endsWith(')')) return undefined;
  const found = [''];
  let depth = 0;
  for (const character of text.slice('iif('.length, -1)) {
    if (character === '(') depth += 1;
    if (character === ')') depth -= 1;
    if (depth < 0) return undefined;
    if (character === ',' && depth === 0) found.push('');
    else found[found.length - 1] += character;
  }
  const [condition, yes, no] = found.map((part) => part.trim());
  return condition !== undefined && yes !== undefined && no !== undefined ? [condition, yes, no] : undefined;
}
