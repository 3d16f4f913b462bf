/** What a fact is when nothing usable says it (spec 0.2), and how it is bound to expressions. */
import type { Bindings } from '../fhir/fhirpath.ts';
import type { FactDefinition } from '../knowledge/fact-definition.ts';
import type { Fact, Facts, FactValue, SetAsideReason, UnknownReason } from './fact.ts';

/** Gives an unvalued fact its reason, or the value that its class has after a successful empty search. */
export function withUnknown(fact: Fact, read: ReadonlySet<string>): Fact {
  if (fact.value !== undefined) return fact;
  const { definition } = fact;
  const searched = wasSearched(definition, read);
  if (definition.class === 'record' && searched) return { ...fact, value: false };
  return { ...fact, unknown: reason(fact, searched) };
}

/** What expressions see of a value. */
function bindingOf(value: FactValue): unknown {
  return typeof value === 'object' && !Array.isArray(value) ? value.comparable : value;
}

/**
 * Bindings of the facts that are known, on top of what every name is when it is unknown; and the multiple choices of
 * which only some options are known.
 */
export function bindFacts(facts: Facts, unknown: Readonly<Bindings>): { bindings: Bindings; partial: Set<string> } {
  const bindings: Bindings = Object.create(unknown);
  const partial = new Set<string>();
  facts.forEach((fact, name) => {
    if (fact.value !== undefined && fact.definition.kind !== 'date') bindings[name] = bindingOf(fact.value);
    if (!fact.complete) partial.add(name);
  });
  return { bindings, partial };
}

/** Every place that could hold the fact was read. */
function wasSearched({ sources, readOnly }: FactDefinition, read: ReadonlySet<string>): boolean {
  for (const { resource } of sources) if (!read.has(resource)) return false;
  return readOnly || read.has('QuestionnaireResponse');
}

/** The resource types that could hold a fact. */
export const everySource = ({ sources, readOnly }: FactDefinition): string[] => [
  ...sources.map(({ resource }) => resource),
  ...(readOnly ? [] : ['QuestionnaireResponse']),
];

/** What leaves a fact simply unknown: nothing was said that somebody would have to look up. */
const HARMLESS: ReadonlySet<SetAsideReason> = new Set<SetAsideReason>([
  'stale',
  'older',
  'episode-ended',
  'other-pregnancy',
  'status',
  'another-patient',
  'no-patient',
  'too-short',
  'old-onset',
]);

function reason({ definition, setAside }: Fact, searched: boolean): UnknownReason {
  if (!searched) return 'unread';
  if (setAside.some((aside) => aside.reason === 'not-sure')) return 'not-sure';
  const failed = setAside.some(({ reason: why }) => !HARMLESS.has(why));
  if (failed) return 'not-usable';
  return definition.class === 'measured' || definition.class === 'observer' ? 'not-recorded' : 'not-asked';
}
