/** Where readers put what they find. */
import type { InstantRange } from '../fhir/dates.ts';
import type { Coding, QuestionnaireResponse } from '../fhir/types.ts';
import type { FactDefinition, FactSource } from '../knowledge/fact-definition.ts';
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
  via?: FactSource | undefined;
  by?: string | undefined;
  /** What it says in words, when that is all: shown, never interpreted (spec B.1 Answers). */
  words?: string | undefined;
};

export type Collector = {
  index: SourceIndex;
  moment: Moment;
  candidates: Map<string, Candidate[]>;
  setAside: SetAside[];
  /** The responses of the chart by `Type/id`, for Observations that were taken from them. */
  responses: ReadonlyMap<string, QuestionnaireResponse>;
  /** Why nothing of the resource being read may be used: its statements are only named. */
  refusal?: SetAsideReason | undefined;
};

/** Keeps a statement as a candidate, or the reason why it is none. */
export function collect(
  { candidates, setAside, refusal }: Collector,
  fact: FactDefinition,
  statement: Statement | SetAsideReason,
  { reference, source, at, positivesOnly, coding, via, by, words }: Origin,
): void {
  if (refusal !== undefined) {
    setAside.push({ reference, reason: refusal, fact, at });
    return;
  }
  if (typeof statement === 'string') {
    setAside.push({ reference, reason: statement, fact, at, recorded: words });
    return;
  }
  if (positivesOnly && statement.sign === 'negative') {
    setAside.push({ reference, reason: 'negative-of-unfinished', fact, at, recorded: statement.recorded });
    return;
  }
  const list = candidates.get(fact.name);
  const candidate: Candidate = { fact, reference, source, at, positivesOnly, coding, via, by, ...statement };
  if (list) list.push(candidate);
  else candidates.set(fact.name, [candidate]);
}
