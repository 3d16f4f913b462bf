/**
 * Reviewed lists: what stands on none of them is "no" for the facts that say so (spec 0.2 `context`). Only a list of
 * which every entry could be read and classified denies anything.
 */
import { codingsOf } from '../fhir/codings.ts';
import { instantRange } from '../fhir/dates.ts';
import { referenceTo } from '../fhir/references.ts';
import type { List } from '../fhir/types.ts';
import type { FactDefinition } from '../knowledge/fact-definition.ts';
import { type Collector, collect, type Origin } from './collector.ts';
import { type Medications, type MedicationUse, medicationOf } from './read-medication.ts';
import { recordedPresence } from './statement.ts';

/** What the chart holds that a list may speak of. */
export type Listed = {
  lists: List[];
  /** What she takes now. */
  uses: MedicationUse[];
  /** `Type/id` of every medication resource of hers, taken or not. */
  references: ReadonlySet<string>;
  medications: Medications;
  /** Resource types whose search succeeded. */
  read: ReadonlySet<string>;
};

/** Reads what each list denies. */
export function readLists(listed: Listed, collector: Collector): void {
  for (const list of listed.lists) {
    const at = instantRange(list.date, collector.moment.zone);
    const origin: Origin = { reference: referenceTo(list), source: 'list', at, positivesOnly: false };
    for (const match of collector.index.match('List', codingsOf(list.code))) {
      const said = recordedPresence(match, list.code);
      const whole = isWhole(list, listed) && isClassified(match.fact, listed);
      collect(collector, match, whole ? said : 'list-incomplete', origin);
    }
  }
}

/** Every entry is a resource that was read; an empty list says that there is nothing to list. */
function isWhole({ entry = [], emptyReason }: List, { references }: Listed): boolean {
  if (entry.length === 0 && emptyReason) return codingsOf(emptyReason).some(({ code }) => code === 'nilknown');
  return entry.every(({ deleted, item }) => deleted === true || references.has(item?.reference ?? ''));
}

/** Only in a hierarchy of codes (a source with `prefix`) does "no match" mean that it is something else. */
function isClassified({ sources }: FactDefinition, { uses, medications, read }: Listed): boolean {
  const medicinal = sources.filter(({ resource }) => resource.startsWith('Medication'));
  const systems = new Set(medicinal.flatMap(({ prefixes }) => prefixes.map(({ system }) => system)));
  return (
    medicinal.every(({ resource }) => read.has(resource)) &&
    uses.every((use) => codingsOf(medicationOf(use, medications)).some(({ system }) => systems.has(system)))
  );
}
