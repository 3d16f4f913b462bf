/** Facts on a card: label, value, time, source (spec F.5; security/bar section 4). */
import type { Moment } from '../evidence/chart.ts';
import type { Candidate, Fact, SourceKind } from '../evidence/fact.ts';
import { printInstant } from '../fhir/dates.ts';
import { HOUR } from '../fhir/durations.ts';
import { escaped, escapedWords } from './escape.ts';

const SOURCES: Record<SourceKind, string> = {
  answer: 'answered',
  'clinician-answer': 'answered by staff',
  observation: 'observed',
  condition: 'recorded diagnosis',
  procedure: 'recorded procedure',
  episode: 'episode of care',
  encounter: 'reason for the encounter',
  patient: 'patient record',
  medication: 'medicine taken',
  list: 'reviewed list',
  computed: 'computed',
  order: 'draft order',
};

/** A line for each statement; denials of one source and time share one, so that a positive is not lost among them. */
export function printFacts(facts: Fact[], moment: Moment): string[] {
  const lines = new Set<string>();
  const denied: Stated[] = [];
  for (const fact of facts) {
    for (const candidate of fact.used) {
      if (isDenial(candidate)) denied.push({ fact, candidate });
      else lines.add(`${labelOf(fact, candidate)}: ${printCandidate(candidate, moment)}`);
    }
  }
  for (const line of deniedLines(denied, moment)) lines.add(line);
  for (const fact of facts) if (fact.used.length === 0 && fact.value !== undefined) lines.add(printComputed(fact));
  return [...lines];
}

/** Value, time and source of one statement. */
export function printCandidate(candidate: Candidate, moment: Moment): string {
  return `${escaped(candidate.recorded)} (${printSource(candidate, moment)})${ageNote(candidate, moment)}`;
}

/** A "no" or a harmless choice; a number is always worth its own line. */
const isDenial = ({ sign, value }: Candidate): boolean =>
  sign === 'negative' && typeof value !== 'number' && (typeof value !== 'object' || Array.isArray(value));

type Stated = { fact: Fact; candidate: Candidate };

function deniedLines(denied: Stated[], moment: Moment): string[] {
  const bySource = new Map<string, string[]>();
  let before: Candidate | undefined;
  let items: string[] = [];
  for (const stated of denied) {
    // Answers of one form stand together: where they come from is printed once.
    if (!before || !isOfOneSource(before, stated.candidate)) {
      const source = printSource(stated.candidate, moment);
      items = bySource.get(source) ?? [];
      bySource.set(source, items);
    }
    items.push(deniedItem(stated));
    before = stated.candidate;
  }
  return [...bySource].map(([source, items]) => `no or normal (${source}): ${items.join(', ')}`);
}

const isOfOneSource = (a: Candidate, b: Candidate): boolean =>
  a.source === b.source && a.at === b.at && a.reference === b.reference;

function deniedItem({ fact, candidate }: Stated): string {
  const { recorded, value } = candidate;
  return value === false ? labelOf(fact, candidate) : `${labelOf(fact, candidate)} ${escaped(recorded)}`;
}

function printSource(candidate: Candidate, moment: Moment): string {
  return `${SOURCES[candidate.source]}${printTime(candidate, moment)}, ${escaped(candidate.reference)}`;
}

/** A fact set by another one is printed as what set it. */
function labelOf({ definition }: Fact, candidate: Candidate): string {
  const label = escapedWords(definition.label);
  return candidate.fact.name === definition.name ? label : `${label}, from ${escapedWords(candidate.fact.label)}`;
}

function printTime({ at }: Candidate, { zone }: Moment): string {
  if (!at) return ', no date';
  const from = printInstant(at.from, zone);
  const to = at.to === at.from ? from : printInstant(at.to, zone);
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

function printComputed({ definition, value }: Fact): string {
  return `${escapedWords(definition.label)}: ${escaped(printValue(value))}`;
}

function printValue(value: Fact['value']): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.join(', ');
  return typeof value === 'object' ? `${value.value} ${value.unit}` : String(value);
}
