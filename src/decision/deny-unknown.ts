/** What the level would be if every open question were answered no (spec 0.3, policy `strict`). */
import type { Candidate, Fact, Facts } from '../evidence/fact.ts';
import { withChanged } from '../evidence/fact-sheet.ts';
import type { FactDefinition } from '../knowledge/fact-definition.ts';
import type { Decision } from './decision.ts';

/** The facts with each open question denied; numbers have no "no" and stay unknown. */
export function deniedFacts({ evidence, unanswered, results }: Decision): Facts {
  const open = results.flatMap(({ raised }) => raised.filter(({ when }) => when === 'strict'));
  const asked = new Set([...unanswered, ...open.flatMap((by) => by.open.flatMap(({ unknown }) => unknown))]);
  const denied: Fact[] = [];
  for (const definition of asked) {
    const fact = evidence.facts.get(definition.name);
    if (fact) denied.push(denial(fact, definition));
  }
  return withChanged(evidence.facts, denied);
}

function denial(fact: Fact, definition: FactDefinition): Fact {
  // Some options of a multiple choice are known, the others are denied.
  if (fact.value !== undefined) return { ...fact, complete: true };
  const no = definition.options.find(({ meaning }) => meaning === 'negative')?.value;
  if (no === undefined) return fact;
  const value = definition.kind === 'choices' ? [String(no)] : no;
  const supposed: Candidate = {
    fact: definition,
    reference: '',
    source: 'answer',
    value,
    sign: 'negative',
    recorded: '',
    at: undefined,
    complete: true,
    positivesOnly: false,
  };
  return { ...fact, value, unknown: undefined, complete: true, used: [supposed] };
}
