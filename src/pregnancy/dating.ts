/** All dating sources of a patient, and the interval that the best of them gives (spec B.2 `gestation`). */
import type { Moment } from '../evidence/chart.ts';
import type { Candidate, Facts } from '../evidence/fact.ts';
import { notFresh } from '../evidence/freshness.ts';
import type { PregnancyRole } from '../knowledge/fact-definition.ts';
import {
  type DatingSource,
  fromDueDate,
  fromLastPeriod,
  fromRecorded,
  type Gestation,
  printGestation,
  UNKNOWN_GESTATION,
} from './gestation.ts';
import { MAX_GESTATION } from './standard-codes.ts';

/** Usable statements by the role of their fact. */
export type ByRole = (role: PregnancyRole) => Candidate[];

export type Dating = {
  gestation: Gestation;
  /** The source used, if any. */
  source: DatingSource | undefined;
  /** A source says more than 44 weeks: the status is unknown, not ended. */
  overdue: boolean;
  notes: string[];
};

/** Dates the pregnancy by the best source. */
export function datePregnancy(byRole: ByRole, facts: Facts, moment: Moment): Dating {
  const sources = datingSources(byRole, facts, moment);
  const usable = sources.filter(({ interval }) => interval.min <= MAX_GESTATION && interval.max >= 0);
  const [best, ...others] = usable.sort(byPriority);
  const overdue = sources.length > 0 && !best;
  if (!best) return { ...fromGuess(byRole('how-far'), moment), source: undefined, overdue, notes: [] };
  const notes = others
    .filter(({ interval }) => interval.max < best.interval.min || interval.min > best.interval.max)
    .map((other) => disagreement(best, other));
  return { gestation: { ...clamped(best.interval), known: true }, source: best, overdue: false, notes };
}

function datingSources(byRole: ByRole, facts: Facts, moment: Moment): DatingSource[] {
  const fresh = (role: PregnancyRole) => byRole(role).filter((c) => notFresh(c, moment.now, false) === undefined);
  const certain = byRole('lmp-certain').some(({ fact }) => facts.get(fact.name)?.value === true);
  return [
    ...fresh('edd-scan').flatMap((candidate) => fromDueDate(candidate, 1, moment) ?? []),
    ...fresh('edd-lmp').flatMap((candidate) => fromDueDate(candidate, 3, moment) ?? []),
    ...fromRecorded(fresh('recorded'), moment),
    ...fresh('lmp').flatMap((candidate) => fromLastPeriod(candidate, certain, moment) ?? []),
  ];
}

/** Best priority, then newest, then by reference: the order of the input never matters. */
function byPriority(a: DatingSource, b: DatingSource): number {
  const time = ({ candidate }: DatingSource) => candidate.at?.to ?? 0;
  return a.priority - b.priority || time(b) - time(a) || a.candidate.reference.localeCompare(b.candidate.reference);
}

/** Only when nothing dates the pregnancy: the person's own guess. */
function fromGuess(guesses: Candidate[], { now }: Moment): { gestation: Gestation } {
  const fresh = guesses.filter((guess) => notFresh(guess, now, false) === undefined);
  const ranges = fresh.flatMap(
    ({ fact, value }) => fact.options.find((option) => option.value === value)?.gestationRange ?? [],
  );
  if (ranges.length === 0) return { gestation: UNKNOWN_GESTATION };
  const [min, max] = [Math.min(...ranges.map((r) => r.min)), Math.max(...ranges.map((r) => r.max))];
  return { gestation: { min, max, known: true } };
}

const clamped = ({ min, max }: { min: number; max: number }) => ({
  min: Math.max(0, min),
  max: Math.min(MAX_GESTATION, max),
});

function disagreement(best: DatingSource, other: DatingSource): string {
  const [used, unused] = [best, other].map(({ candidate, interval }) => ({
    label: candidate.fact.label,
    weeks: printGestation(clamped(interval)),
  }));
  return `${used?.label} says ${used?.weeks}, ${unused?.label} says ${unused?.weeks}; ${used?.label} is used`;
}
