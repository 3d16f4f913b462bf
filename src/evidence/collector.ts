/** Where readers put what they find. */
import type { InstantRange } from '../fhir/dates.ts';
import type { Coding } from '../fhir/types.ts';
import type { FactDefinition } from '../knowledge/fact-definition.ts';
import type { Moment } from './chart.ts';
import type { Candidate, SetAside, SetAsideReason, SourceKind } from './fact.ts';
import type { SourceIndex } from './source-index.ts';
import type { Statement } from './statement.ts';

/** What a resource says of itself, whatever fact it speaks of. */
export type Origin = {
  reference: string;
  source: SourceKind;
  at: InstantRange | undefined;
  positivesOnly: boolean;
  coding?: Coding | undefined;
  began?: InstantRange | undefined;
  over?: InstantRange | undefined;
};

export type Collector = {
  index: SourceIndex;
  moment: Moment;
  candidates: Map<string, Candidate[]>;
  setAside: SetAside[];
};

/** Keeps a statement as a candidate, or the reason why it is none. */
export function collect(
  { candidates, setAside }: Collector,
  fact: FactDefinition,
  statement: Statement | SetAsideReason,
  origin: Origin,
): void {
  const { reference, at, positivesOnly } = origin;
  if (typeof statement === 'string') {
    setAside.push({ reference, reason: statement, fact, at });
    return;
  }
  if (positivesOnly && statement.sign === 'negative') {
    setAside.push({ reference, reason: 'negative-of-unfinished', fact, at, recorded: statement.recorded });
    return;
  }
  const list = candidates.get(fact.name);
  const candidate: Candidate = { fact, ...origin, ...statement };
  if (list) list.push(candidate);
  else candidates.set(fact.name, [candidate]);
}
