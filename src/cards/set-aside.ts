/** What was read and not used, where it could have mattered: counted, with reasons (spec B.1 notes). */
import type { SetAside, SetAsideReason } from '../evidence/fact.ts';
import type { CardContext } from './card-context.ts';
import { escaped } from './escape.ts';
import { bullet } from './section.ts';

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

/** One line, or none. */
export function setAsideLines({ decision }: CardContext): string[] {
  const bySetAside = [
    ...decision.evidence.setAside,
    ...[...decision.facts.values()].flatMap(({ definition, setAside }) => (definition.confidential ? [] : setAside)),
  ];
  const counts = new Map<string, Set<string>>();
  for (const { reason, reference, fact } of bySetAside) {
    const words = WORDS[reason];
    if (!words) continue;
    const found = counts.get(words) ?? new Set<string>();
    counts.set(words, found.add(`${reference} ${fact?.label ?? ''}`));
  }
  if (counts.size === 0) return [];
  const parts = [...counts].map(([words, found]) => `${found.size} ${escaped(words)}`);
  return [bullet(`Read but not used: ${parts.join(', ')}${example(bySetAside)}`)];
}

/** The first thing set aside that says its own name, so that somebody can look it up. */
function example(setAside: SetAside[]): string {
  const labels = setAside
    .filter(({ fact, reason }) => fact && WORDS[reason])
    .map(({ fact, reason }) => `${escaped(fact?.label ?? '')} ${WORDS[reason]}`);
  const first = [...new Set(labels)].slice(0, 3);
  return first.length === 0 ? '' : ` (${first.join('; ')})`;
}
