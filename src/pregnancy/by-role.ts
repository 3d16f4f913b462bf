/** The statements of the dating items, found by role and never by linkId. */
import type { Candidate } from '../evidence/fact.ts';
import type { Evidence } from '../evidence/read-evidence.ts';
import type { FactDefinition, PregnancyRole } from '../knowledge/fact-definition.ts';
import { oncePer } from '../knowledge/once-per.ts';
import type { Topic } from '../knowledge/topic.ts';

export type ByRole = {
  /** All usable statements about the facts of a role, stale ones included. */
  statements(role: PregnancyRole): Candidate[];
  /** The facts of a role. */
  facts(role: PregnancyRole): FactDefinition[];
};

/** Sorts statements by the role of their fact. */
export function sortByRole(topic: Topic, { candidates }: Pick<Evidence, 'candidates'>): ByRole {
  const facts = byRole(topic.facts);
  const factsOf = (role: PregnancyRole) => facts.get(role) ?? [];
  const statements = (role: PregnancyRole) => {
    const found: Candidate[] = [];
    for (const { name } of factsOf(role)) found.push(...(candidates.get(name) ?? []));
    return found;
  };
  return { statements, facts: factsOf };
}

const byRole = oncePer((facts: FactDefinition[]): ReadonlyMap<PregnancyRole, FactDefinition[]> => {
  const sorted = new Map<PregnancyRole, FactDefinition[]>();
  for (const fact of facts) {
    if (fact.role !== undefined) sorted.set(fact.role, [...(sorted.get(fact.role) ?? []), fact]);
  }
  return sorted;
});

/** The newest of what the same source says of the same fact (spec B.1 Conflicts 2); several when they are as new. */
export function newestOfEachSource(statements: Candidate[]): Candidate[] {
  const newest = new Map<string, number>();
  for (const statement of statements) {
    const key = sourceOf(statement);
    newest.set(key, Math.max(newest.get(key) ?? Number.NEGATIVE_INFINITY, timeOf(statement)));
  }
  return statements.filter((statement) => timeOf(statement) === newest.get(sourceOf(statement)));
}

/** When a statement was true, for comparison; one without a date is as new as can be (spec B.1). */
export function timeOf(candidate: Candidate): number {
  const { at } = candidate;
  if (!at) return Number.POSITIVE_INFINITY;
  // A date without a time: a denial is as old as it can be, everything else as new.
  return denies(candidate) ? at.from : at.to;
}

const denies = ({ sign, value, fact }: Candidate): boolean =>
  sign === 'negative' || fact.options.some((option) => option.value === value && option.pregnancyMeaning === 'not');

/** What another person answers does not take the person's own answer back. */
const sourceOf = ({ fact, source, by }: Candidate): string => `${fact.name} ${source} ${by ?? ''}`;

/** Answered in a form, by whomever. */
export const isAnswer = ({ source }: Candidate): boolean => source === 'answer' || source === 'clinician-answer';
