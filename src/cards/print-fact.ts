/** A fact on a card: label, value, time, source (spec F.5; security/bar section 4). */
import type { Moment } from '../evidence/chart.ts';
import type { Candidate, Fact, SourceKind } from '../evidence/fact.ts';
import { printInstant } from '../fhir/dates.ts';
import { HOUR } from '../fhir/durations.ts';
import { escaped } from './escape.ts';

const SOURCES: Record<SourceKind, string> = {
  answer: 'answered',
  'clinician-answer': 'answered by staff',
  observation: 'observed',
  condition: 'recorded diagnosis',
  encounter: 'reason for the encounter',
  patient: 'patient record',
};

/** One line for each statement that a fact rests on. */
export function printFact(fact: Fact, moment: Moment): string[] {
  const label = escaped(fact.definition.label);
  if (fact.used.length === 0) return fact.value === undefined ? [] : [`${label}: ${printValue(fact)}`];
  const seen = new Set<string>();
  return fact.used.flatMap((candidate) => {
    const line = `${labelOf(fact, candidate, label)}: ${printCandidate(candidate, moment)}`;
    return seen.has(line) ? [] : [seen.add(line) && line];
  });
}

/** Value, time and source of one statement. */
export function printCandidate(candidate: Candidate, moment: Moment): string {
  const { recorded, source, reference } = candidate;
  return `${escaped(recorded)} (${SOURCES[source]}${printTime(candidate, moment)}, ${escaped(reference)})${ageNote(candidate, moment)}`;
}

/** A fact set by another one is printed as what set it. */
function labelOf(fact: Fact, candidate: Candidate, label: string): string {
  return candidate.fact === fact.definition ? label : `${label}, from ${escaped(candidate.fact.label)}`;
}

function printTime({ at }: Candidate, { zone }: Moment): string {
  if (!at) return ', no date';
  const [from, to] = [printInstant(at.from, zone), printInstant(at.to, zone)];
  if (from === to) return ` ${from}`;
  const [first, last] = [from.slice(0, -6), to.slice(0, -6)];
  return first === last ? ` ${first}` : ` ${first} to ${last}`;
}

/** A positive that is older than a negative would be believed (spec C.2-7; B.1 "repeat now"). */
function ageNote({ at, sign, fact }: Candidate, { now }: Moment): string {
  const limit = fact.window.no;
  if (!at || sign !== 'positive' || limit === undefined || now - at.to <= limit) return '';
  const hours = Math.floor((now - at.to) / HOUR);
  return fact.class === 'measured' ? ` – ${hours} h old, repeat now` : ` – reported ${hours} h ago, re-ask now`;
}

function printValue({ value }: Fact): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return escaped(value.join(', '));
  return escaped(typeof value === 'object' ? `${value.value} ${value.unit}` : String(value));
}
