/** What was read and not used, where it could have mattered: counted, with reasons (spec B.1 notes). */
import type { Fact, SetAside, SetAsideReason } from '../evidence/fact.ts';
import type { CardContext } from './card-context.ts';
import { escaped, plain, truncated } from './escape.ts';
import { bullet } from './section.ts';

/** Longer texts are cut: the card names where they stand. */
const LONGEST = 80;

const WORDS: Partial<Record<SetAsideReason, string>> = {
  'another-patient': 'of another patient',
  'no-patient': 'not clearly of this patient',
  status: 'not in an accepted status',
  future: 'dated in the future',
  stale: 'too old',
  'no-date': 'without a date',
  'no-value': 'without a value',
  absent: 'recorded as not known',
  'text-only': 'in words only',
  comparator: 'with a comparator',
  'no-unit': 'without a usable unit',
  'unit-not-convertible': 'in a unit that cannot be converted',
  'not-plausible': 'outside the plausible range',
  'unmapped-value': 'with a value that is not mapped',
  'negative-of-unfinished': 'from an unfinished form or a preliminary result',
  'other-pregnancy': 'from before this pregnancy',
  'part-only': 'about a part of the question only',
  'list-incomplete': 'from a list that could not be read as a whole',
};

/** Reasons that hold of a resource as a whole: it is counted once, however much it says. */
const OF_RESOURCE: ReadonlySet<SetAsideReason> = new Set<SetAsideReason>(['another-patient', 'no-patient', 'status']);

/** One line, or none. */
export function setAsideLines({ decision }: CardContext): string[] {
  const counted = [...decision.evidence.setAside];
  decision.facts.forEach((fact) => {
    if (fact.setAside.length > 0) counted.push(...thatMattered(fact));
  });
  const counts = new Map<string, Set<string>>();
  for (const { reason, reference, fact } of counted) {
    const words = WORDS[reason];
    if (!words) continue;
    const found = counts.get(words) ?? new Set<string>();
    counts.set(words, found.add(OF_RESOURCE.has(reason) ? reference : `${reference} ${fact?.label ?? ''}`));
  }
  if (counts.size === 0) return [];
  const parts = [...counts].map(([words, found]) => `${found.size} ${escaped(words)}`);
  return [bullet(`Read but not used: ${parts.join(', ')}${example(counted)}`)];
}

/** What is too old matters only where nothing newer is known. */
function thatMattered({ definition, value, setAside }: Fact): readonly SetAside[] {
  if (definition.confidential) return [];
  return value === undefined ? setAside : setAside.filter(({ reason }) => reason !== 'stale');
}

/** The first things set aside that say their own names, so that somebody can look them up. */
function example(setAside: SetAside[]): string {
  const labels = setAside.filter(({ fact, reason }) => fact && WORDS[reason]).map(named);
  const first = [...new Set(labels)].slice(0, 3);
  return first.length === 0 ? '' : ` (${first.join('; ')})`;
}

/** Free text is shown as it stands, never interpreted (spec B.1 Answers). */
function named({ fact, reason, recorded = '' }: SetAside): string {
  const label = `${escaped(fact?.label ?? '')} ${WORDS[reason]}`;
  if (reason !== 'text-only' || recorded === '') return label;
  return `${label}: “${escaped(truncated(plain(recorded), LONGEST))}”`;
}
