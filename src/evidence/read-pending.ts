/** Results that are ordered or preliminary: what somebody still has to look at (spec E encounter-discharge). */
import { codingsOf } from '../fhir/codings.ts';
import { referenceTo } from '../fhir/references.ts';
import type { FactDefinition } from '../knowledge/fact-definition.ts';
import type { Chart } from './chart.ts';
import { ownerOf } from './ownership.ts';
import { indexSources } from './source-index.ts';
import { usability } from './usable.ts';

export type PendingResult = { label: string; reference: string };

export type ReadPending = (chart: Chart) => PendingResult[];

/** Prepares the reading; confidential facts are not among what it names. */
export function preparePending(facts: FactDefinition[]): ReadPending {
  const index = indexSources(facts.filter(({ confidential }) => !confidential));
  return (chart) => {
    const owner = ownerOf(chart);
    return chart.resources.flatMap((resource): PendingResult[] => {
      if (resource.resourceType !== 'Observation' || usability(resource, owner) !== 'positives-only') return [];
      const [match] = index.match('Observation', codingsOf(resource.code));
      return match ? [{ label: match.fact.label, reference: referenceTo(resource) }] : [];
    });
  };
}
