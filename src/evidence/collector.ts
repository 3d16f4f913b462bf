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
  /** Who answered, when it was not the person. */
  by?: string | undefined;
  began?: InstantRange | undefined;
  over?: InstantRange | undefined;
};

/** The fact that something speaks of, and the source and code by which it was recognised. */
export type Match = { fact: FactDefinition; source?: FactSource | undefined; coding?: Coding | undefined };

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

/**
 * Keeps a statement as a candidate, or the reason why it is none.
 * @param words what was said in words, when that is all: shown, never interpreted (spec B.1 Answers)
 */
export function collect(
  { candidates, setAside, refusal }: Collector,
  { fact, source: via, coding }: Match,
  statement: Statement | SetAsideReason,
  { reference, source, at, positivesOnly, by, began, over }: Origin,
  words?: string | undefined,
): void {
  if (refusal !== undefined) {
    setAside.push({ reference, reason: refusal, fact, at });
    return;
  }
  if (typeof statement === 'string') {
    setAside.push({ reference, source, by, reason: statement, fact, at, recorded: words });
    return;
  }
  const { value, sign, recorded, complete } = statement;
  if (positivesOnly && sign === 'negative') {
    setAside.push({ reference, reason: 'negative-of-unfinished', fact, at, recorded });
    return;
  }
  const list = candidates.get(fact.name);
  // Written out: a chart has thousands of these.
  const candidate: Candidate = {
    fact,
    reference,
    source,
    value,
    sign,
    recorded,
    at,
    began,
    over,
    complete,
    positivesOnly,
    coding,
    via,
    by,
  };
  if (list) list.push(candidate);
  else candidates.set(fact.name, [candidate]);
}
