/** The three shapes of `iif` that keep unknown visible, and may therefore stand everywhere. */
import type { Term } from './term.ts';

/** `iif(%x.empty(), {}, %x contains 'a')`: one option of a multiple choice. */
export function optionShape(term: Term): { name: string; option: string } | undefined {
  const [test, unanswered, member] = branches(term);
  if (test?.kind !== 'call' || test.function !== 'empty' || test.on?.kind !== 'name') return undefined;
  if (unanswered?.kind !== 'unknown' || member?.kind !== 'operation' || member.operator !== 'contains')
    return undefined;
  const { left, right } = member;
  if (left.kind !== 'name' || left.name !== test.on.name || right.kind !== 'literal') return undefined;
  return { name: left.name, option: right.literal.text };
}

/** `iif(%x = 'a', {}, …)` with a comparison of the same `%x`: a value that leaves it unknown. The comparison. */
export function unknownForValue(term: Term): Term | undefined {
  const [test, unanswered, comparison] = branches(term);
  const name = comparedName(test);
  if (name === undefined || test?.kind !== 'operation' || test.operator !== '=') return undefined;
  return unanswered?.kind === 'unknown' && comparedName(comparison) === name ? comparison : undefined;
}

/** `iif(%fact, true, false)`: unknown counts as no. The fact's name. */
export function unknownAsNo(term: Term): string | undefined {
  const [test, yes, no] = branches(term);
  if (test?.kind !== 'name' || yes?.kind !== 'literal' || no?.kind !== 'literal') return undefined;
  return yes.literal.text === 'true' && no.literal.text === 'false' ? test.name : undefined;
}

/** The three parameters of an `iif`. */
function branches(term: Term): Term[] {
  if (term.kind !== 'call' || term.function !== 'iif' || term.on !== undefined) return [];
  return term.parameters.length === 3 ? term.parameters : [];
}

const COMPARISONS = new Set(['=', '!=', '<', '<=', '>', '>=', 'in']);

function comparedName(term: Term | undefined): string | undefined {
  if (term?.kind !== 'operation' || !COMPARISONS.has(term.operator)) return undefined;
  return term.left.kind === 'name' ? term.left.name : undefined;
}
